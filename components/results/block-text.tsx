'use client';
import { useState } from 'react';
import { Button } from '#components/ui/button';
import { CodeBlock } from '#components/ui/code-block';
import { ModelText } from './model-text.tsx';

const shownCharacters = 16_000;

/** Words to read; an answer that is JSON is shown as JSON, and a very long one opens when asked. */
export function BlockText({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  const json = asJson(text);
  if (json !== null) return <CodeBlock text={json} label="JSON" />;
  if (all || text.length <= shownCharacters) return <ModelText text={text} />;
  return (
    <div className="grid justify-items-start gap-3">
      <ModelText text={text.slice(0, shownCharacters)} />
      <Button size="sm" onClick={() => setAll(true)}>
        Open all
      </Button>
    </div>
  );
}

function asJson(text: string): string | null {
  if (!/^\s*[{[]/.test(text) || text.length > 200_000) return null;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}
