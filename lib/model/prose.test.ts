import { expect, test, vi } from 'vitest';
import { proseBlocks, proseSpans } from './prose.ts';

test('paragraphs, headings, lists, tables and code are told apart', () => {
  const text =
    '# Title\nwords\nmore\n> said\n>\n> again\n\n- one\n  - two\n1. three\n\n| a | b |\n|---|---|\n| 1 | 2 |\n```ts\nx\n\ny\n```\nend';
  expect(proseBlocks(text)).toEqual([
    { type: 'heading', level: 1, text: 'Title' },
    { type: 'paragraph', text: 'words\nmore' },
    { type: 'quote', text: 'said\n\nagain' },
    {
      type: 'list',
      items: [
        { depth: 0, marker: '•', text: 'one' },
        { depth: 1, marker: '•', text: 'two' },
        { depth: 0, marker: '1.', text: 'three' },
      ],
    },
    {
      type: 'table',
      rows: [
        ['a', 'b'],
        ['1', '2'],
      ],
    },
    { type: 'code', language: 'ts', text: 'x\n\ny' },
    { type: 'paragraph', text: 'end' },
  ]);
});

test('what is not closed is plain, and links stay text', () => {
  expect(proseSpans('a **b** `c` **d')).toEqual([
    { type: 'plain', text: 'a ' },
    { type: 'bold', text: 'b' },
    { type: 'plain', text: ' ' },
    { type: 'code', text: 'c' },
    { type: 'plain', text: ' **d' },
  ]);
  expect(proseSpans('[x](javascript:alert(1))')).toEqual([
    { type: 'plain', text: '[x](javascript:alert(1))' },
  ]);
});

test('no text is lost', () => {
  for (const text of ['|', '```', '**', '| a |', '- ', '1.', '#', '####### x', '`']) {
    const shown = proseBlocks(text)
      .map((block) => JSON.stringify(block))
      .join('');
    const said = text.replace(/[`|]/g, '').trim();
    if (said) expect(shown).toContain(said);
  }
});

test('a hostile text is looked through a few times at most, however many marks it has', () => {
  const hostile = ['**'.repeat(3_000), '`**'.repeat(2_000), `**${'`'.repeat(3_000)}`, '**a'.repeat(2_001)];
  for (const text of hostile) {
    const search = vi.spyOn(String.prototype, 'indexOf');
    proseSpans(text);
    const looked = search.mock.calls.map(([, from = 0], n) => {
      const found = Number(search.mock.results[n]?.value);
      return (found === -1 ? text.length : found) - from;
    });
    search.mockRestore();
    expect(looked.reduce((sum, characters) => sum + characters, 0)).toBeLessThan(3 * text.length);
  }
  for (const text of ['|'.repeat(60_000), '- '.repeat(30_000)]) expect(proseBlocks(text)).toHaveLength(1);
});
