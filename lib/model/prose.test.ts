import { expect, test } from 'vitest';
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

test('a hostile text is read in linear time', () => {
  const started = performance.now();
  proseBlocks('|'.repeat(60_000));
  proseBlocks('- '.repeat(30_000));
  proseSpans('**'.repeat(30_000));
  proseSpans('`**'.repeat(20_000));
  expect(performance.now() - started).toBeLessThan(2_000);
});
