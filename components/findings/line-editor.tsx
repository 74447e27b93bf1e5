'use client';
import { useDeferredValue, useState } from 'react';
import { Button } from '#components/ui/button';
import { CodeEditor } from '#components/ui/code-editor';
import { Kbd } from '#components/ui/kbd';
import { checkLine } from '#lib/jsonl/check-line';
import { idPattern, type LineRules } from '#lib/jsonl/line-rules';
import { lineText } from '#lib/jsonl/line-text';
import { FindingText } from './finding-text.tsx';

/** One line, corrected while its own faults are told. What it is to other lines the whole check says afterwards. */
export function LineEditor({
  text,
  line,
  column,
  rules,
  onSave,
  onLeaveOut,
  onCancel,
}: {
  text: string;
  line: number;
  column: number;
  rules: LineRules;
  onSave: (text: string) => void;
  onLeaveOut: () => void;
  onCancel: () => void;
}) {
  const [now, setNow] = useState(text);
  const problems = faultsOf(useDeferredValue(now), rules);
  const save = () => now !== text && onSave(now);
  return (
    <div className="grid gap-2">
      <CodeEditor
        value={text}
        label={`Line ${line}`}
        cursor={indexAt(text, column)}
        onChange={setNow}
        onSubmit={save}
        onCancel={onCancel}
      />
      <div role="status" className="text-sm">
        {problems.length === 0 ? (
          <span className="text-ok">This line is right by itself.</span>
        ) : (
          <ul className="grid gap-0.5">
            {problems.slice(0, 3).map((problem) => (
              <li key={problem} className="text-bad">
                <FindingText text={problem} />
              </li>
            ))}
            {problems.length > 3 && <li className="text-muted">and {problems.length - 3} more</li>}
          </ul>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" look="accent" onClick={save} reason={now === text ? 'Nothing has changed.' : null}>
          Save line
        </Button>
        <Button size="sm" onClick={onLeaveOut}>
          Leave line out
        </Button>
        <Button size="sm" look="ghost" onClick={onCancel}>
          Close
        </Button>
        <span className="ml-auto text-muted text-xs max-sm:hidden">
          <Kbd>Ctrl Enter</Kbd> saves, <Kbd>Esc</Kbd> closes
        </span>
      </div>
    </div>
  );
}

function faultsOf(text: string, rules: LineRules): string[] {
  const bytes = new TextEncoder().encode(text.replace(/[\r\n]+/g, ' '));
  const found = checkLine(bytes, {
    customIdPattern: idPattern(rules),
    outputTokens: new Map(Object.entries(rules.outputTokens)),
  });
  if (found.kind === 'blank') return ['A blank line is no request.'];
  const { columnAt } = lineText(bytes, 2, 0);
  return found.problems.map(({ describe }) => {
    const { index, message } = describe();
    return `Column ${columnAt(index)}: ${message}`;
  });
}

/** Columns count characters, an editor counts UTF-16 halves. */
function indexAt(text: string, column: number): number {
  let index = 0;
  for (let n = 1; n < column && index < text.length; n++) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}
