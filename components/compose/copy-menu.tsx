'use client';
import { Menu, MenuItem, MenuLabel } from '#components/ui/menu';
import { useCopy } from '#components/ui/use-copy';
import { composeLines, lineOf } from '#lib/model/request-form/compose';
import type { BatchForm, FormRequest } from '#lib/model/request-form/form';
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
  const { copy, icon, status } = useCopy();
  async function programOf(requests: FormRequest[], { load }: (typeof languages)[number]): Promise<string> {
    const [{ codeJob }, make] = await Promise.all([import('#lib/model/request-job'), load()]);
    const lines = requests.map((request) => lineOf(form, request));
    return make(codeJob(target ?? nowhere, lines, `${location.origin}/sandbox/v1`));
  }

  const all = form.requests;
  const groups = [
    { word: chosen.length === 1 ? 'This request' : `${chosen.length} requests`, requests: chosen },
    { word: `The whole batch, ${all.length}`, requests: all },
  ].filter(({ requests }, n) => requests.length > 0 && (n === 1 || requests.length < all.length));
  return (
    <span className="inline-flex items-center gap-2">
      {status}
      <Menu label="Copy as" size="sm" look="ghost" icon={icon}>
        {groups.map(({ word, requests }) => (
          <span key={word} className="contents">
            <MenuLabel>{word}</MenuLabel>
            {languages.map((language) => (
              <MenuItem
                key={language.word}
                aria-label={`${word} as ${language.word}`}
                onClick={() => copy(() => programOf(requests, language))}
              >
                {language.word}
              </MenuItem>
            ))}
            <MenuItem
              aria-label={`${word} as JSONL`}
              onClick={() => copy(() => composeLines({ ...form, requests }))}
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
