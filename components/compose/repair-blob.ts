import { createFreeIds } from '#lib/jsonl/free-ids';
import { idIn } from '#lib/jsonl/id-in';
import { idPattern, type LineRules } from '#lib/jsonl/line-rules';
import { createRepairer } from '#lib/jsonl/repair-lines';
import { createLineSplitter, type Line } from '#lib/jsonl/split-lines';
import type { Repair, RepairReport } from '#lib/model/repair';
import { createBlobBuilder } from './blob-builder.ts';
import { readThrough, type Told } from './read-through.ts';

export type RepairedBlob = { blob: Blob; report: RepairReport };

/** The file as the repairs leave it; what they do not touch is the very file. */
export async function repairBlob(
  file: Blob,
  repairs: Repair[],
  rules: LineRules,
  onProgress: Told,
): Promise<RepairedBlob> {
  const needsIds = repairs.some(({ kind }) => kind === 'add_ids' || kind === 'unique_ids');
  const taken = new Set<string>();
  if (needsIds) await takeIds(file, taken, (bytes) => onProgress(bytes / 2));
  const ids = createFreeIds(taken, idPattern(rules));
  const repairer = createRepairer(repairs, { rules, ids, size: file.size });
  const builder = createBlobBuilder();
  builder.from(file);
  const repair = (line: Line) => {
    const piece = repairer.line(line);
    if (piece) builder.add(piece);
  };
  await eachLine(file, repair, (bytes) => onProgress(needsIds ? (file.size + bytes) / 2 : bytes));
  return { blob: builder.finish(), report: repairer.report() };
}

export function takeIds(file: Blob, taken: Set<string>, onProgress: Told): Promise<void> {
  const take = ({ bytes }: Line) => {
    const id = idIn(bytes);
    if (id !== null) taken.add(id);
  };
  return eachLine(file, take, onProgress);
}

export async function eachLine(file: Blob, onLine: (line: Line) => void, onProgress: Told): Promise<void> {
  const splitter = createLineSplitter();
  await readThrough(file, (chunk) => splitter.push(chunk, onLine), onProgress);
  splitter.end(onLine);
}
