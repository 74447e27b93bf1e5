import { listChoices } from '#lib/batches/list-choices';
import { handle } from '#lib/http/handle';

export const GET = handle({}, ({ ctx }) => listChoices(ctx));
