import type { ResultSort, ResultsFilter } from '#lib/model/result-query';
import { type IndexPool, openIndexPool } from '#lib/results/index-pool';
import { type Bench, type Case, type Row, timed } from './case.ts';
import { measure } from './child.ts';
import { type MadeIndex, makeIndex } from './made-index.ts';

const limit = 200;
const asks = 20;
const few = 1_000;
const many = [100_000, ...(process.env.BENCH_LONG === '1' ? [1_000_000] : [])];
const lists: [name: string, sort: ResultSort, filter: ResultsFilter][] = [
  ['', 'ordinal', {}],
  [' by custom_id', 'customId', {}],
  [' by tokens, narrowed', '-output', { outcome: ['succeeded'] }],
];

/** What one page and one search cost in an index, by the size of the batch. */
export async function paging({ home, closing }: Bench): Promise<Case[]> {
  const pool = openIndexPool(1);
  closing(() => pool.close());
  const small = await makeIndex(home, few);
  const cases: Case[] = [searchOf(pool, small, few)];
  for (const count of many) {
    const index = await makeIndex(home, count);
    cases.push(searchOf(pool, index, count), firstOrder(index, count));
    for (const [name, sort, filter] of lists) {
      const page = (made: MadeIndex, from: number) => () => pageMs(pool, made, { sort, filter, from });
      const last = (of: number) => Math.floor(of * (filter.outcome ? 0.9 : 1)) - limit;
      cases.push(
        against(
          `page at the end of ${worded(count)}${name}`,
          'its first page',
          page(index, last(count)),
          page(index, 0),
        ),
        against(
          `page of ${worded(count)}${name}`,
          `of ${worded(few)}`,
          page(index, last(count)),
          page(small, last(few)),
        ),
      );
    }
  }
  return cases;
}

function against(
  name: string,
  floorName: string,
  ours: () => Promise<number>,
  floor: () => Promise<number>,
): Case {
  return {
    rows: [{ name, unit: 'ms', floorName, bar: 2 }],
    ours: async () => [await ours()],
    floor: async () => [await floor()],
  };
}

type Asked = { sort: ResultSort; filter: ResultsFilter; from: number };

async function pageMs(pool: IndexPool, index: MadeIndex, asked: Asked): Promise<number> {
  const ask = async () => {
    const { rows } = await pool.ask('page', { files: filesOf(index), limit, ...asked });
    if (rows.length !== limit) throw new Error(`A page of ${limit} has ${rows.length} rows.`);
  };
  await ask();
  return (
    (await timed(async () => {
      for (let n = 0; n < asks; n++) await ask();
    })) / asks
  );
}

/** What a person waits for who orders a batch for the first time. */
function firstOrder(index: MadeIndex, count: number): Case {
  const row = (name: string): Row => ({ name, unit: 'ms', floorName: null, bar: null, limit: 1_000 });
  return {
    rows: [row(`${worded(count)} ordered for the first time`)],
    async ours() {
      const pool = openIndexPool(1);
      const asked = { files: filesOf(index), filter: {}, from: 0, limit };
      await pool.ask('page', asked);
      const ms = await timed(() => pool.ask('page', { ...asked, sort: 'customId' }));
      await pool.close();
      return [ms];
    },
    floor: async () => [Number.NaN],
  };
}

/** Other words each time: what was found once is remembered. */
function searchOf(pool: IndexPool, index: MadeIndex, count: number): Case {
  let asked = 0;
  return {
    rows: [{ name: `search in ${worded(count)}`, unit: 'ms', floorName: 'scan of the same bytes', bar: 3 }],
    async ours() {
      const search = async () => {
        asked += 1;
        const files = { ...filesOf(index), texts: [index.text] };
        await pool.ask('page', { files, filter: { q: `never said ${asked}` }, from: 0, limit });
      };
      await search();
      const ms = await timed(async () => {
        for (let n = 0; n < asks; n++) await search();
      });
      return [ms / asks];
    },
    floor: async () => [await measure('over-bytes.ts', 'scan', index.text)],
  };
}

function filesOf({ base }: MadeIndex) {
  return { base, retries: null };
}

function worded(count: number): string {
  return count.toLocaleString('en-US');
}
