import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { openIndexPool } from '#lib/results/index-pool';
import { writeLines } from './lines.ts';

/** An index of so many made-up results, and the words beside it. */
export type MadeIndex = { base: string; text: string };

const words = 'It takes as long as it takes, “quoted” or not, 日本 🙂, and then the answer is there. ';

/** Built as a collected batch is, of shorter lines: what is read afterwards is the index alone. */
export async function makeIndex(home: string, count: number): Promise<MadeIndex> {
  const dir = path.join(home, `index-${count}`);
  mkdirSync(dir);
  const at = (name: string) => path.join(dir, name);
  const input = await writeLines(at('input'), count, (n) => ({
    custom_id: idOf(n, count),
    params: { model: 'any/model', messages: [{ role: 'user', content: words }] },
  }));
  const output = await writeLines(at('output'), count, (n) => answerTo(n, count));
  const out = { index: at('index.sqlite'), text: at('words') };
  const pool = openIndexPool(1);
  await pool.ask('build', {
    attempts: [{ n: 1, input: { key: 'input', file: input }, parts: [partOf(count, output)] }],
    dialect: 'openai',
    preset: 'openai',
    base: null,
    tariff: { list: null, discount: 0 },
    out,
  });
  await pool.close();
  for (const file of [input, output]) rmSync(file);
  return { base: out.index, text: out.text };
}

function partOf(count: number, file: string) {
  const segments = [{ key: 'output', file }];
  return { id: 'all', first: 1, last: count, segments, refused: null, unanswered: 'missing' as const };
}

/** Neither ids nor answers stand in the order of the input. */
function idOf(n: number, count: number): string {
  return `row-${((n * 7_919) % count) + 1}-${n}`;
}

function answerTo(n: number, count: number) {
  const custom_id = idOf(n, count);
  if (n % 10 === 0) return { custom_id, response: null, error: { code: 'overloaded', message: 'Too busy.' } };
  const tokens = (n * 104_729) % 1_000;
  const choices = [{ message: { role: 'assistant', content: words.repeat(3) }, finish_reason: 'stop' }];
  const usage = { prompt_tokens: 20, completion_tokens: tokens, total_tokens: 20 + tokens };
  return { custom_id, response: { status_code: 200, body: { model: 'any/model', choices, usage } } };
}
