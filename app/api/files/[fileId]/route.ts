import { z } from 'zod';
import { deleteFile } from '#lib/files/delete-file';
import { describeFile } from '#lib/files/describe-file';
import { handle } from '#lib/http/handle';

const params = z.object({ fileId: z.string() });

export const GET = handle({ params }, ({ ctx, params: { fileId } }) => describeFile(ctx, fileId));

export const DELETE = handle({ params }, ({ ctx, params: { fileId } }) => deleteFile(ctx, fileId));
