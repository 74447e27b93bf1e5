import 'server-only';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AttemptInput, BuildOrder, PartInput } from '#lib/results/index-orders';

/** A batch in files, made at random from a seed, with every way in which answers fail to fit their requests. */
export type MadeBatch = { order: BuildOrder; ids: string[]; requests: string[]; segments: string[] };

const oddIds = [
  '__proto__',
  'constructor',
  'toString',
  '日本',
  'é',
  'e\u0301',
  'a"b\\c',
  '../x',
  '\u202e',
  '007',
];

export function makeBatch(seed: number, dir: string): MadeBatch {
  const chance = randomFrom(seed);
  const { below, one, shuffled } = chance;
  const ids = shuffled([
    ...oddIds.filter(() => below(2) === 0),
    ...Array.from({ length: 1 + below(40) }, (_, n) => `row-${n}`),
  ]);
  const requests = ids.map((id) =>
    JSON.stringify({ custom_id: id, params: { model: one(['m', 'n']), seed } }),
  );
  const input = requests.map((line) => line + one(['\n', '\r\n', '\n\n', '\n \t\n'])).join('');
  const fitting = ids.filter(() => below(6) > 0).map((id) => answer(id, chance));
  const strange = Array.from({ length: below(9) }, () => strangeLine(ids, chance));
  const lines = shuffled([...fitting, ...strange]);
  const cut = below(lines.length + 1);
  const segments = [lines.slice(0, cut), lines.slice(cut)].map((some) =>
    some.map((line) => line + one(['\n', '\r\n', '\n\n'])).join(''),
  );
  const write = (name: string, text: string) => {
    writeFileSync(path.join(dir, name), text);
    return { key: `results/b/${name}`, file: path.join(dir, name) };
  };
  const half = Math.ceil(ids.length / 2);
  const unanswered = one(['missing', 'cancelled'] as const);
  const refused = below(4) === 0 ? { code: 'no_credit', message: 'No credit left.' } : null;
  const [early, late] = segments.map((text, n) => write(`${'ab'.charAt(n)}-${seed}`, text));
  const parts: PartInput[] = [
    {
      id: 'one',
      first: 1,
      last: half,
      refused: null,
      unanswered,
      segments: [early].flatMap((one) => one ?? []),
    },
    {
      id: 'two',
      first: half + 1,
      last: ids.length,
      refused,
      unanswered,
      segments: [late].flatMap((one) => one ?? []),
    },
  ];
  const order: BuildOrder = {
    attempts: [{ n: 1, input: write(`input-${seed}`, one(['', '\uFEFF']) + input), parts }],
    dialect: 'inline',
    preset: 'sandbox',
    base: null,
    tariff: { list: null, discount: 0 },
    out: { index: path.join(dir, `index-${seed}.sqlite`), text: path.join(dir, `index-${seed}.text`) },
  };
  return { order, ids, requests, segments };
}

/** A later attempt at some of its requests, answered as badly as the first. */
export function makeRetry(
  { ids, requests }: MadeBatch,
  n: number,
  seed: number,
  dir: string,
): { attempt: AttemptInput; ids: string[]; answers: string } {
  const chance = randomFrom(seed * 100 + n);
  const { below, one, shuffled } = chance;
  const chosen = requests.flatMap((line, at) =>
    at === 0 || below(3) === 0 ? [{ line, id: ids[at] ?? '' }] : [],
  );
  const again = chosen.map(({ id }) => id);
  const fitting = again.filter(() => below(4) > 0).map((id) => answer(id, chance));
  const strange = Array.from({ length: below(5) }, () => strangeLine(ids, chance));
  const answers = shuffled([...fitting, ...strange])
    .map((line) => `${line}\n`)
    .join('');
  const write = (name: string, text: string) => {
    writeFileSync(path.join(dir, name), text);
    return { key: `results/b/${name}`, file: path.join(dir, name) };
  };
  const part: PartInput = {
    id: `retry-${n}`,
    first: 1,
    last: again.length,
    refused: below(5) === 0 ? { code: 'no_credit', message: 'No credit left.' } : null,
    unanswered: one(['missing', 'cancelled'] as const),
    segments: [write(`answers-${n}-${seed}`, answers)],
  };
  const input = write(`input-${n}-${seed}`, chosen.map(({ line }) => `${line}\n`).join(''));
  return { attempt: { n, input, parts: [part] }, ids: again, answers };
}

type Chance = ReturnType<typeof randomFrom>;

function answer(id: string, { below, one }: Chance): string {
  const usage = one([undefined, { prompt_tokens: below(99), completion_tokens: below(99) }]);
  const body = {
    model: one(['m-1', undefined]),
    choices: [
      { message: { content: one(['fine', 'línea\u2028dos', '']) }, finish_reason: one(['stop', 'length']) },
    ],
    usage,
  };
  const error = { error: { code: 'rate', message: `slow down ${below(3)}` } };
  return JSON.stringify(
    one<object>([
      { custom_id: id, response: { status_code: 200, body }, error: null },
      { custom_id: id, response: { status_code: 429, body: error }, error: null },
      { custom_id: id, response: null, error: { code: 'batch_expired', message: 'too late' } },
    ]),
  );
}

function strangeLine(ids: string[], chance: Chance): string {
  const known = chance.one(ids);
  return chance.one<() => string>([
    () => answer(known, chance),
    () => answer(known, chance).replace('"custom_id":', '"custom_id":"first","custom_id":'),
    () => answer(`stranger-${chance.below(3)}`, chance),
    () => answer(known, chance).slice(0, -5),
    () =>
      chance.one(['null', '[]', '"text"', '{"custom_id":null}', '{}', 'no json at all', '{"custom_id":7}']),
  ])();
}

/** The same numbers for the same seed. */
function randomFrom(seed: number) {
  let state = seed * 7919;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    const once = Math.imul(state ^ (state >>> 15), 1 | state);
    const twice = (once + Math.imul(once ^ (once >>> 7), 61 | once)) ^ once;
    return ((twice ^ (twice >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  const one = <T>(list: readonly T[]) => list[below(list.length)] as T;
  const shuffled = <T>(list: readonly T[]) =>
    list
      .map((item) => ({ item, place: next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ item }) => item);
  return { below, one, shuffled };
}
