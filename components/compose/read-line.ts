import { createLineSplitter } from '#lib/jsonl/split-lines';

export type Excerpt = { before: string; at: string; after: string };

const around = 80;

/** One line of a file on the person's disk, cut around a column; reads no further than it must. */
export async function readLine(file: Blob, line: number, column: number): Promise<Excerpt | null> {
  const splitter = createLineSplitter();
  const reader = file.stream().getReader();
  let found: Uint8Array | null | undefined;
  const look = (one: { line: number; bytes: Uint8Array | null }) => {
    if (one.line === line) found = one.bytes?.slice() ?? null;
  };
  for (let next = await reader.read(); !next.done && found === undefined; next = await reader.read()) {
    splitter.push(next.value, look);
  }
  if (found === undefined) splitter.end(look);
  await reader.cancel();
  return found ? excerpt(new TextDecoder().decode(found), column) : null;
}

/** Columns count characters, not UTF-16 halves. */
export function excerpt(text: string, column: number): Excerpt {
  const characters = [...text];
  const at = Math.min(Math.max(0, column - 1), Math.max(0, characters.length - 1));
  const start = Math.max(0, at - around);
  const end = at + 1 + around;
  return {
    before: (start > 0 ? '…' : '') + characters.slice(start, at).join(''),
    at: characters[at] ?? '',
    after: characters.slice(at + 1, end).join('') + (end < characters.length ? '…' : ''),
  };
}
