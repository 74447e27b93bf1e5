import { ImageIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Band } from '#components/ui/band';
import { CodeBlock } from '#components/ui/code-block';
import { cn } from '#lib/cn';
import type { Block } from '#lib/model/block';
import type { Answer, Turn } from '#lib/model/conversation';
import { BlockText } from './block-text.tsx';
import { EmbeddingView } from './embedding-view.tsx';
import { pretty } from './pretty.ts';

/** Prompt and answer as they were said, with who said it in the margin. */
export function Conversation({ turns, answer }: { turns: Turn[]; answer: Answer | null }) {
  return (
    <div className="grid">
      {turns.map((turn, n) => (
        <Said key={`${String(n)} ${turn.role}`} who={turn.role} blocks={turn.blocks} />
      ))}
      {answer && (
        <>
          <Said who="answer" blocks={answer.blocks} answer />
          {answer.others.map((blocks, n) => (
            <Said key={`other ${String(n)}`} who={`answer ${n + 2}`} blocks={blocks} answer />
          ))}
        </>
      )}
    </div>
  );
}

function Said({ who, blocks, answer = false }: { who: string; blocks: Block[]; answer?: boolean }) {
  return (
    <section
      aria-label={who}
      className="grid gap-x-6 gap-y-2 border-b py-5 last:border-b-0 md:grid-cols-[6.5rem_minmax(0,1fr)]"
    >
      <h2 className={cn('text-sm', answer ? 'font-semibold text-accent' : 'font-medium text-muted')}>
        {who}
      </h2>
      <div className="grid max-w-[46rem] gap-4 text-base">
        {blocks.map((block, n) => (
          <BlockView key={`${String(n)} ${block.type}`} block={block} />
        ))}
      </div>
    </section>
  );
}

function BlockView({ block }: { block: Block }): ReactNode {
  switch (block.type) {
    case 'text':
      return block.text === '' ? <p className="text-muted">(no text)</p> : <BlockText text={block.text} />;
    case 'thinking':
      return (
        <details className="rounded-control border px-3 py-2 text-muted">
          <summary className="font-medium text-sm">Thinking</summary>
          <div className="pt-2">
            <BlockText text={block.text} />
          </div>
        </details>
      );
    case 'refusal':
      return (
        <Band tone="idle" title="Refused">
          {block.text}
        </Band>
      );
    case 'tool_call':
      return (
        <div className="grid gap-1.5">
          <p className="text-sm">
            calls <code className="font-mono font-medium">{block.name}</code>
          </p>
          <CodeBlock text={pretty(block.input)} label={`Input of ${block.name}`} />
        </div>
      );
    case 'tool_result':
      return <CodeBlock text={block.text} label={block.failed ? 'Failed tool result' : 'Tool result'} />;
    case 'image':
      return (
        <p className="flex items-center gap-2 text-muted text-sm">
          <ImageIcon aria-hidden className="size-4" />
          <span className="min-w-0 break-all">
            image{block.mediaType ? `, ${block.mediaType}` : ''}
            {block.url ? `: ${block.url}` : ''} (not loaded)
          </span>
        </p>
      );
    case 'embedding':
      return <EmbeddingView {...block} />;
    case 'error':
      return (
        <Band tone="bad" title={block.code ?? 'Error'}>
          <span className="[overflow-wrap:anywhere]">{block.message}</span>
        </Band>
      );
    case 'json':
      return <CodeBlock text={JSON.stringify(block.value, null, 2) ?? ''} label="JSON" />;
  }
}
