import { z } from 'zod';
import { previewRepairs, repairFile } from '#lib/files/repair-file';
import { answer, handle } from '#lib/http/handle';
import { idempotencyKey } from '#lib/http/idempotency-key';
import { repairOrderSchema } from '#lib/model/repair.schema';

const params = z.object({ fileId: z.string() });

/** A derived file, or with `preview` what it would be. */
export const POST = handle(
  { params, body: repairOrderSchema },
  async ({ ctx, params: { fileId }, body, request }) => {
    if (body.preview) return previewRepairs(ctx, fileId, body.repairs);
    return answer(await repairFile(ctx, fileId, body, idempotencyKey(request)), { status: 201 });
  },
);
