import { cn } from '#lib/cn';
import { CopyButton } from './copy-button.tsx';

/** Text exactly as it is, never HTML, with a way to take it along. The button inside lets keys scroll it. */
export function CodeBlock({
  text,
  label,
  wrap = true,
  className,
}: {
  text: string;
  label: string;
  wrap?: boolean;
  className?: string;
}) {
  return (
    <figure
      aria-label={label}
      className={cn(
        'flex max-h-[32rem] items-start overflow-auto rounded-control border border-line bg-canvas',
        className,
      )}
    >
      <pre
        className={cn(
          'min-w-0 flex-1 p-3 font-mono text-xs leading-relaxed [unicode-bidi:isolate]',
          wrap ? 'whitespace-pre-wrap break-words' : 'min-w-max',
        )}
      >
        {text}
      </pre>
      <CopyButton value={text} label={`Copy ${label}`} className="sticky top-1.5 right-1.5 m-1.5 bg-canvas" />
    </figure>
  );
}
