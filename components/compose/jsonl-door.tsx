'use client';
import { FileText, Plus } from 'lucide-react';
import { type DragEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { getBlob } from '#lib/api-client';
import { cn } from '#lib/cn';
import { anyTarget, type LineRules } from '#lib/jsonl/line-rules';
import { FileCard } from './file-card.tsx';
import { SeveralFiles } from './several-files.tsx';
import type { Picked } from './use-picked.ts';

const sample = 'showcase.jsonl';

/** The whole column takes files: dropped, chosen or pasted. They are judged before they leave the machine. */
export function JsonlDoor({
  picked,
  rules,
  onFiles,
}: {
  picked: Picked;
  rules: LineRules | null;
  onFiles: (files: File[], how: 'add' | 'replace') => void;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const how = useRef<'add' | 'replace'>('replace');
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState('');
  const { files, picker } = picked;

  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const isField = 'input, textarea, [contenteditable="true"], dialog';
    if (event.target instanceof Element && event.target.closest(isField)) return;
    const pasted = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (pasted.length > 0) onFiles(pasted, 'add');
    else if (/\S/.test(text)) onFiles([new File([text], 'pasted.jsonl')], 'add');
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent) => onPaste(event);
    document.addEventListener('paste', listen);
    return () => document.removeEventListener('paste', listen);
  }, []);

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const dropped = [...event.dataTransfer.files];
    if (dropped.length > 0) onFiles(dropped, 'add');
  }

  function choose(wanted: 'add' | 'replace') {
    how.current = wanted;
    input.current?.click();
  }

  function onChosen(chosen: File[]) {
    if (chosen.length > 0) onFiles(chosen, how.current);
    how.current = 'replace';
  }

  async function takeSample() {
    setProblem('');
    try {
      onFiles([new File([await getBlob(`/samples/${sample}`)], sample)], 'replace');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The sample could not be read.');
    }
  }

  return (
    <section
      aria-label="Drop files here"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node) && setOver(false)}
      onDrop={onDrop}
      className={cn(
        'grid min-h-96 min-w-0 grid-cols-[minmax(0,1fr)] gap-5 rounded-panel border border-line-strong border-dashed p-4 transition-colors sm:p-6',
        over && 'border-accent bg-accent/5',
        files.length > 0 ? 'content-start' : 'place-content-center justify-items-center',
      )}
    >
      <input
        ref={input}
        id={id}
        type="file"
        multiple
        aria-label="JSONL file"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          onChosen([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      {files.length === 0 && <Empty onChoose={() => choose('replace')} onSample={takeSample} />}
      {files.length > 1 && <SeveralFiles {...picked} />}
      {files.map((file) => (
        <div key={file.key} className={cn(files.length > 1 && 'border-t pt-5')}>
          <FileCard
            file={file}
            rules={rules ?? anyTarget}
            picker={picker}
            onReplace={files.length === 1 ? () => choose('replace') : null}
          />
        </div>
      ))}
      {files.length > 0 && (
        <div className={cn(files.length > 1 && 'border-t pt-5')}>
          <Button size="sm" look="ghost" icon={<Plus aria-hidden />} onClick={() => choose('add')}>
            Add files
          </Button>
        </div>
      )}
      {problem && <Band tone="bad">{problem}</Band>}
    </section>
  );
}

function Empty({ onChoose, onSample }: { onChoose: () => void; onSample: () => void }) {
  return (
    <div className="grid max-w-sm justify-items-center gap-3 text-center">
      <span className="grid size-11 place-items-center rounded-panel border border-line bg-surface text-muted">
        <FileText aria-hidden className="size-5" />
      </span>
      <h2 className="font-semibold text-lg">Drop JSONL files</h2>
      <p className="text-pretty text-muted">
        One request a line, each with a <code className="font-mono text-xs">custom_id</code> and{' '}
        <code className="font-mono text-xs">params</code> or <code className="font-mono text-xs">body</code>.
        Every line is checked here, and can be mended, before anything is sent.
      </p>
      <div className="mt-2 flex flex-wrap justify-center gap-2">
        <Button onClick={onChoose}>Choose files</Button>
        <Button look="ghost" onClick={onSample}>
          Use the sample
        </Button>
      </div>
      <p className="text-muted text-xs">You can paste lines here, too.</p>
    </div>
  );
}
