import type { Hit, ResultRow } from '#lib/model/result';

/** The first words of the answer, or where a search found its words, with these marked. */
export function HitWords({ row }: { row: Pick<ResultRow, 'preview' | 'hit'> }) {
  const snippet = row.hit?.snippet;
  if (!snippet || snippet.in === 'customId') return row.preview;
  return (
    <>
      {snippet.in === 'prompt' && <span className="mr-1.5 text-xs">in the prompt:</span>}
      <Marked snippet={snippet} />
    </>
  );
}

export function Marked({ snippet }: { snippet: NonNullable<Hit['snippet']> }) {
  return (
    <>
      {snippet.before}
      <mark className="rounded-bar bg-warn/25 px-0.5 text-ink">{snippet.match}</mark>
      {snippet.after}
    </>
  );
}
