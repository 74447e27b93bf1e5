import { ImageIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Band } from '#components/ui/band';
import { CodeBlock } from '#components/ui/code-block';
import type { Block } from '#lib/model/block';
import type { Answer, Turn } from '#lib/model/conversation';
import { BlockText } from './block-text.tsx';
import { EmbeddingView } from './embedding-view.tsx';
import { pretty } from './pretty.ts';
import { Said } from './said.tsx';

/** Prompt and answer as they were said, with who said it in the margin. */
export function Conversation({ turns, answer }: { turns: Turn[]; answer: Answer | null }) {
  return (
    <div className="grid">
      {turns.map((turn, n) => (
        <Said key={`${String(n)} ${turn.role}`} who={turn.role}>
          <Blocks blocks={turn.blocks} />
        </Said>
      ))}
      {answer && (
        <>
          <Said who="answer" answer>
            <Blocks blocks={answer.blocks} />
          </Said>
          {answer.others.map((blocks, n) => (
            <Said key={`other ${String(n)}`} who={`answer ${n + 2}`} answer>
              <Blocks blocks={blocks} />
            </Said>
          ))}
        </>
      )}
    </div>
  );
}

function Blocks({ blocks }: { blocks: Block[] }) {
  return blocks.map((block, n) => <BlockView key={`${String(n)} ${block.type}`} block={block} />);
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
