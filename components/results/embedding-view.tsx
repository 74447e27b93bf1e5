'use client';
import { Download } from 'lucide-react';
import { Button } from '#components/ui/button';
import { CodeBlock } from '#components/ui/code-block';
import type { Block } from '#lib/model/block';

/** How long a vector is, how it begins, and all of it as a file. */
export function EmbeddingView({ dimensions, first, values }: Extract<Block, { type: 'embedding' }>) {
  return (
    <div className="grid justify-items-start gap-2">
      <CodeBlock label="Embedding" text={`${dimensions ?? '?'} dimensions\n[${first.join(', ')}, …]`} />
      {values && (
        <Button size="sm" icon={<Download aria-hidden />} onClick={() => save(JSON.stringify(values))}>
          Download the vector
        </Button>
      )}
    </div>
  );
}

function save(text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = 'embedding.json';
  link.click();
  URL.revokeObjectURL(link.href);
}
