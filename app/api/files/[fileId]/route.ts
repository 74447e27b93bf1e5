import { z } from 'zod';
import { getFile } from '#lib/files/get-file';
import { handle } from '#lib/http/handle';

const params = z.object({ fileId: z.string() });

export const GET = handle({ params }, ({ ctx, params: { fileId } }) => getFile(ctx, fileId));
