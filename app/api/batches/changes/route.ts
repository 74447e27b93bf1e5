import { changeMany } from '#lib/batches/change-many';
import { handle } from '#lib/http/handle';
import { bulkChangeSchema } from '#lib/model/batch.schema';

export const POST = handle({ body: bulkChangeSchema }, ({ ctx, body }) => changeMany(ctx, body));
