import { z } from 'zod';
import { conditional } from '#lib/http/conditional';
import { handle } from '#lib/http/handle';
import { openShare } from '#lib/shares/open-share';
import { gone } from '#lib/shares/read-share';

const params = z.object({ token: z.string() });

export const GET = handle({ who: 'anyone', params }, async ({ ctx, params: { token }, request }) => {
  const open = await openShare(ctx, token);
  if (!open) throw gone();
  return conditional(
    request,
    open.batch,
    { ...open.batch, checkedAt: null },
    { 'x-checked-at': open.batch.checkedAt },
  );
});
