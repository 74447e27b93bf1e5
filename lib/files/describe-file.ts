import 'server-only';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import type { FileSummary } from '#lib/model/file';
import { reachFile } from './reach.ts';
import { summarizeFiles } from './summarize-files.ts';

/** One file with what became of it. */
export async function describeFile(ctx: Context, id: string): Promise<FileSummary> {
  demand(ctx, 'read');
  const [summary] = await summarizeFiles(ctx, [await reachFile(ctx, id)]);
  if (!summary) throw notFound('The file');
  return summary;
}
