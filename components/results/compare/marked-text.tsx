import { cn } from '#lib/cn';
import type { Piece } from '#lib/model/word-diff';

/** A model's words as they are, never HTML; what only this side has is marked by line, tint and, for the ear, a word. */
export function MarkedText({ pieces, only, isJson }: { pieces: Piece[]; only: 'A' | 'B'; isJson: boolean }) {
  const Mark = only === 'A' ? 'del' : 'ins';
  const look = only === 'A' ? 'bg-bad/15 line-through decoration-1' : 'bg-ok/15 underline decoration-1';
  return (
    <div
      dir="auto"
      className={cn(
        'whitespace-pre-wrap rounded-control border bg-canvas p-3 text-sm [overflow-wrap:anywhere] [unicode-bidi:isolate]',
        isJson && 'font-mono text-xs leading-relaxed',
      )}
    >
      {pieces.map(({ text, differs }, n) => {
        const key = `${n}`;
        if (!differs) return <span key={key}>{text}</span>;
        return (
          <Mark key={key} className={cn('rounded-bar underline-offset-2', look)}>
            <span className="sr-only">only in {only}: </span>
            {text}
          </Mark>
        );
      })}
    </div>
  );
}
