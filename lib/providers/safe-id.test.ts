import { expect, it } from 'vitest';
import { idInPath, safeId } from './safe-id.ts';

it.each(['batch_1', 'file-abc', '7f0d2a1c-8f5e', 'a.b', 'a:b', 'Zm9v=', 'x'.repeat(1_024)])(
  'takes %j as an id',
  (id) => {
    expect(safeId(id)).toBe(id);
    expect(decodeURIComponent(idInPath(id))).toBe(id);
  },
);

it('takes names of cloud storage that came encoded, and does not encode them again', () => {
  for (const id of ['arn%3Aaws%3Ajob%2Fab', 's3%3A%2F%2Fbucket%2Fin.jsonl', 'gs%3A%2F%2Fb%2Fo']) {
    expect(safeId(id)).toBe(id);
    expect(idInPath(id)).toBe(id);
  }
});

it('lets no id leave its segment of the path, whatever it is made of', () => {
  const pieces = [
    '..',
    '.',
    '/',
    '\\',
    '%2f',
    '%2F',
    '%2e',
    '%',
    '?',
    '#',
    ' ',
    '\0',
    'é',
    '\ud800',
    'a',
    's3%3A',
    'arn:',
  ];
  for (const a of pieces) {
    for (const b of pieces) {
      for (const c of pieces) {
        const id = `${a}${b}${c}`;
        if (safeId(id) === null) continue;
        const url = new URL(`https://host.example/v1/batches/${idInPath(id)}/cancel`);
        expect(url.pathname.split('/')).toHaveLength(5);
        const segments = decodeURIComponent(url.pathname).split('/');
        expect(segments.filter((segment) => /^\.+$/.test(segment))).toEqual([]);
      }
    }
  }
});
