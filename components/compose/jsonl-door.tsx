'use client';
import { FileText, X } from 'lucide-react';
import { type DragEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { IconButton } from '#components/ui/icon-button';
import { Bytes } from '#components/ui/num';
import { getBlob } from '#lib/api-client';
import { cn } from '#lib/cn';
import { CheckProgress } from './check-progress.tsx';
import { FindingWalk } from './finding-walk.tsx';
import type { Validation } from './use-validation.ts';

const sample = 'showcase.jsonl';

/** The whole column takes a file: dropped, chosen or pasted. It is judged before it leaves the machine. */
export function JsonlDoor({
  file,
  validation,
  onFile,
  onRemove,
}: {
  file: File | null;
  validation: Validation;
  onFile: (file: File) => void;
  onRemove: () => void;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState('');

  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    if (event.target instanceof Element && event.target.closest('input, textarea')) return;
    const [pasted] = event.clipboardData?.files ?? [];
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (pasted) onFile(pasted);
    else if (text.trim() !== '') onFile(new File([text], 'pasted.jsonl'));
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
    const [dropped] = event.dataTransfer.files;
    if (dropped) onFile(dropped);
  }

  async function takeSample() {
    setProblem('');
    try {
      onFile(new File([await getBlob(`/samples/${sample}`)], sample));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The sample could not be read.');
    }
  }

  return (
    <section
      aria-label="Drop a file here"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node) && setOver(false)}
      onDrop={onDrop}
      className={cn(
        'grid min-h-96 gap-5 rounded-panel border border-line-strong border-dashed p-4 transition-colors sm:p-6',
        over && 'border-accent bg-accent/5',
        file ? 'content-start' : 'place-content-center',
      )}
    >
      <input
        ref={input}
        id={id}
        type="file"
        aria-label="JSONL file"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen) onFile(chosen);
          event.target.value = '';
        }}
      />
      {file ? (
        <>
          <div className="flex items-center gap-3">
            <FileText aria-hidden className="size-5 shrink-0 text-muted" />
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{file.name}</p>
              <p className="text-muted text-sm">
                <Bytes value={file.size} />
              </p>
            </div>
            <Button onClick={() => input.current?.click()}>Replace</Button>
            <IconButton label="Remove the file" onClick={onRemove}>
              <X aria-hidden />
            </IconButton>
          </div>
          <CheckProgress validation={validation} onStop={onRemove} />
          {validation.summary && <FindingWalk file={file} summary={validation.summary} />}
        </>
      ) : (
        <div className="grid max-w-sm justify-items-center gap-3 text-center">
          <span className="grid size-11 place-items-center rounded-panel border border-line bg-surface text-muted">
            <FileText aria-hidden className="size-5" />
          </span>
          <h2 className="font-semibold text-lg">Drop a JSONL file</h2>
          <p className="text-pretty text-muted">
            One request a line, each with a <code className="font-mono text-xs">custom_id</code> and{' '}
            <code className="font-mono text-xs">params</code>. It is checked here, line by line, before
            anything is sent.
          </p>
          <div className="mt-2 flex flex-wrap justify-center gap-2">
            <Button onClick={() => input.current?.click()}>Choose a file</Button>
            <Button look="ghost" onClick={takeSample}>
              Use the sample
            </Button>
          </div>
          <p className="text-muted text-xs">You can paste lines here, too.</p>
        </div>
      )}
      {problem && <Band tone="bad">{problem}</Band>}
    </section>
  );
}
