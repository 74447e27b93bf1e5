import { z } from 'zod';
import { answer, handle } from '#lib/http/handle';
import { idempotencyKey } from '#lib/http/idempotency-key';
import { newShareSchema } from '#lib/model/share.schema';
import { createShare } from '#lib/shares/create-share';
import { listShares } from '#lib/shares/list-shares';

const params = z.object({ batchId: z.string() });

export const GET = handle({ params }, async ({ ctx, params: { batchId } }) => ({
  items: await listShares(ctx, batchId),
  nextCursor: null,
}));

export const POST = handle(
  { params, body: newShareSchema },
  async ({ ctx, params: { batchId }, body, request }) =>
    answer(await createShare(ctx, batchId, body, { key: idempotencyKey(request) }), { status: 201 }),
);
