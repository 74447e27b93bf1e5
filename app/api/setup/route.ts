import { sessionCookie } from '#lib/auth/cookie';
import { answer, handle } from '#lib/http/handle';
import { createFirstAdmin } from '#lib/members/create-first-admin';
import { setupSchema } from '#lib/model/member.schema';

export const POST = handle({ who: 'anyone', body: setupSchema }, async ({ ctx, body }) => {
  const token = await createFirstAdmin(ctx, body);
  return answer({ ok: true }, { status: 201, headers: { 'set-cookie': sessionCookie(ctx.env, token) } });
});
