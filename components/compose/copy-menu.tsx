'use client';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Menu, MenuItem, MenuLabel } from '#components/ui/menu';
import { composeLines, lineOf } from '#lib/model/request-form/compose';
import type { BatchForm, FormRequest } from '#lib/model/request-form/form';
import type { CodeJob } from '#lib/model/request-job';
import type { Target } from './outgoing.ts';

const languages = [
  { word: 'curl', load: () => import('#lib/model/request-curl').then((m) => m.curlCode) },
  { word: 'Python', load: () => import('./code-python.ts').then((m) => m.pythonCode) },
  { word: 'TypeScript', load: () => import('./code-typescript.ts').then((m) => m.typescriptCode) },
] as const;

/** One request or all of them, as a program that sends them, or as the lines they are. */
export function CopyMenu({
  form,
  chosen,
  target,
}: {
  form: BatchForm;
  chosen: FormRequest[];
  target: Target | null;
}) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(''), 2_500);
    return () => clearTimeout(timer);
  }, [said]);

  async function copy(requests: FormRequest[], make: (job: CodeJob) => string) {
    try {
      const { codeJob } = await import('#lib/model/request-job');
      const lines = requests.map((request) => lineOf(form, request));
      const sandbox = `${location.origin}/sandbox/v1`;
      await navigator.clipboard.writeText(make(codeJob(target ?? nowhere, lines, sandbox)));
      setSaid('Copied');
    } catch {
      setSaid('Copying was refused by the browser');
    }
  }

  const all = form.requests;
  const groups = [
    { word: chosen.length === 1 ? 'This request' : `${chosen.length} requests`, requests: chosen },
    { word: `The whole batch, ${all.length}`, requests: all },
  ].filter(({ requests }, n) => requests.length > 0 && (n === 1 || requests.length < all.length));
  return (
    <span className="inline-flex items-center gap-2">
      <span role="status" className={said.length > 6 ? 'text-bad text-sm' : 'sr-only'}>
        {said}
      </span>
      <Menu
        label="Copy as"
        size="sm"
        look="ghost"
        icon={said === 'Copied' ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />}
      >
        {groups.map(({ word, requests }) => (
          <span key={word} className="contents">
            <MenuLabel>{word}</MenuLabel>
            {languages.map((language) => (
              <MenuItem
                key={language.word}
                aria-label={`${word} as ${language.word}`}
                onClick={async () => copy(requests, await language.load())}
              >
                {language.word}
              </MenuItem>
            ))}
            <MenuItem
              aria-label={`${word} as JSONL`}
              onClick={() => copy(requests, () => composeLines({ ...form, requests }))}
            >
              JSONL
            </MenuItem>
          </span>
        ))}
      </Menu>
    </span>
  );
}

/** Without a connection the sandbox of this house stands in. */
const nowhere = {
  baseUrl: '',
  dialect: 'inline' as const,
  keyHeader: 'authorization',
  headers: {},
  completionWindow: null,
};
