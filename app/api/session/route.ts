import { peerIn } from '#lib/auth/address';
import { endedCookie, sessionCookie } from '#lib/auth/cookie';
import { whoAmI } from '#lib/auth/who-am-i';
import { answer, handle } from '#lib/http/handle';
import { signIn } from '#lib/members/sign-in';
import { signOut } from '#lib/members/sign-out';
import { signInSchema } from '#lib/model/member.schema';

export const GET = handle({}, async ({ ctx }) => whoAmI(ctx));

export const POST = handle({ who: 'anyone', body: signInSchema }, async ({ ctx, body, request }) => {
  const token = await signIn(ctx, { ...body, peer: peerIn(request.headers, ctx.env) });
  return answer({ ok: true }, { status: 201, headers: { 'set-cookie': sessionCookie(ctx.env, token) } });
});

export const DELETE = handle({ who: 'anyone' }, async ({ ctx }) => {
  await signOut(ctx);
  return answer({ ok: true }, { headers: { 'set-cookie': endedCookie(ctx.env) } });
});
