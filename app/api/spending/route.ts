import { listSpending } from '#lib/batches/list-spending';
import { handle } from '#lib/http/handle';

export const GET = handle({}, async ({ ctx }) => ({ items: await listSpending(ctx) }));
