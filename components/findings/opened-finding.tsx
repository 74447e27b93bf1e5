'use client';
import { useEffect, useEffectEvent, useState } from 'react';
import { Button } from '#components/ui/button';
import { piece } from '#components/ui/piece';
import type { Finding } from '#lib/model/finding';
import { editableBytes, type FileSource } from './file-source.ts';
import { SnippetText } from './finding-text.tsx';

const LineEditor = piece(() => import('./line-editor.tsx').then((module) => module.LineEditor));

/** The line a finding is about, to be read and, where that is allowed, corrected. */
export function OpenedFinding({
  finding,
  source,
  onClose,
}: {
  finding: Finding;
  source: FileSource;
  onClose: () => void;
}) {
  const { line, column, place, snippet, severity } = finding;
  const { editLine, rules } = source;
  const isLong = place !== undefined && place.bytes > editableBytes;
  const canEdit = editLine !== null && place !== undefined && !isLong;
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState('');

  const read = useEffectEvent((offset: number, bytes: number) => source.readLine({ offset, bytes }));
  const { offset, bytes } = place ?? { offset: 0, bytes: 0 };
  useEffect(() => {
    if (!canEdit) return;
    let isWanted = true;
    read(offset, bytes).then(
      (found) => isWanted && setText(found),
      () => isWanted && setProblem('This line cannot be read. Choose the file again.'),
    );
    return () => {
      isWanted = false;
    };
  }, [canEdit, offset, bytes]);

  return (
    <div className="mx-1.5 mb-3 grid gap-2">
      {snippet && (text === null || !canEdit) && (
        <p className="rounded-control border border-line bg-canvas p-2.5 leading-relaxed">
          <span className="select-none text-muted text-xs">{line} </span>
          <SnippetText snippet={snippet} tone={severity === 'error' ? 'bad' : 'warn'} />
        </p>
      )}
      {problem && <p className="text-bad text-sm">{problem}</p>}
      {isLong && editLine && (
        <div className="flex flex-wrap items-center gap-3 text-muted text-sm">
          <span>This line is too long to be edited here.</span>
          <Button size="sm" onClick={() => editLine(line, place, null)}>
            Leave line out
          </Button>
        </div>
      )}
      {!place && <p className="text-muted text-sm">There is nothing of this line that could be shown.</p>}
      {canEdit && text !== null && place && (
        <LineEditor
          text={text}
          line={line}
          column={column}
          rules={rules}
          onSave={(changed) => editLine(line, place, changed)}
          onLeaveOut={() => editLine(line, place, null)}
          onCancel={onClose}
        />
      )}
    </div>
  );
}
