import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { browsing } from './bench/browsing.ts';
import type { Bench, Case, Row } from './bench/case.ts';
import { root } from './bench/child.ts';
import { collecting } from './bench/collecting.ts';
import { buildEmptyApp } from './bench/empty-app.ts';
import { paging } from './bench/paging.ts';
import { picking } from './bench/picking.ts';
import { reading } from './bench/reading.ts';
import { resting } from './bench/resting.ts';
import { sandboxing } from './bench/sandbox.ts';
import { uploading } from './bench/uploading.ts';
import { validating } from './bench/validating.ts';
import { weighing } from './bench/weighing.ts';

/** `npm run bench`, or a part of it: `-- validate`, `-- pick`, `-- upload`, `-- sandbox`, `-- results`, `-- read`, `-- browse`, `-- rest`. BENCH_LONG=1 adds a million rows. */
const [part] = process.argv.slice(2);
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const out = path.join(root, 'e2e', '.artifacts', 'bench.json');
const home = mkdtempSync(path.join(tmpdir(), 'batchdeck-bench-'));
const closings: (() => unknown)[] = [];
const bench: Bench = { home, rounds, closing: (close) => closings.push(close) };
const measured: Measured[] = [];

type Measured = Row & { ours: number; floor: number | null; ratio: number | null; held: boolean };

try {
  say('', 'ours', 'floor', 'ratio', 'bar', 'floor is');
  if (wanted('validate')) await compareAll(await validating(bench));
  if (wanted('pick')) await compareAll(await picking(bench));
  if (wanted('sandbox')) await compareAll(await sandboxing(bench));
  if (wanted('upload')) await compareAll(await uploading(bench));
  if (wanted('results') || wanted('browse') || wanted('rest')) await buildEmptyApp();
  if (wanted('results')) {
    const { cases, collected } = await collecting(bench);
    await compareAll(cases);
    await compareAll(await reading(bench, collected()));
    await compareAll(await weighing(bench, collected()));
  }
  if (wanted('read')) await compareAll(await paging(bench));
  if (wanted('browse')) await compareAll(await browsing(bench));
  if (wanted('rest')) await compareAll(await resting(bench));
} finally {
  for (const close of closings.reverse()) await close();
  rmSync(home, { recursive: true, force: true });
}
mkdirSync(path.dirname(out), { recursive: true });
writeFileSync(out, `${JSON.stringify({ at: new Date().toISOString(), rounds, rows: measured }, null, 2)}\n`);
const missed = measured.filter(({ held }) => !held).length;
console.log(
  `\nMedians of ${rounds} rounds. ${missed === 0 ? 'Every bar holds' : `${missed} bars are missed`}. As JSON: ${path.relative(process.cwd(), out)}`,
);
process.exit(missed === 0 ? 0 : 1);

function wanted(name: string): boolean {
  return part === undefined || part === name;
}

/** Each case and its floor in turn, in one run. */
async function compareAll(cases: Case[]): Promise<void> {
  for (const { rows, ours, floor, rounds: own } of cases) {
    const taken: { ours: number[]; floor: number[] }[] = [];
    for (let n = 0; n < Math.min(rounds, own ?? rounds); n++)
      taken.push({ ours: await ours(), floor: await floor() });
    for (const [n, row] of rows.entries()) {
      tell(row, median(taken.map((round) => round.ours[n])), median(taken.map((round) => round.floor[n])));
    }
  }
}

function tell(row: Row, ours: number, found: number): void {
  const floor = row.floorName === null ? null : found;
  const ratio = floor === null ? null : ours / floor;
  const held =
    (row.bar === null || (ratio ?? 0) <= row.bar) && (row.limit === undefined || ours <= row.limit);
  measured.push({ ...row, ours, floor, ratio, held });
  const bars = [
    row.bar === null ? '' : `× ${row.bar}`,
    row.limit === undefined ? '' : `${figure(row.limit)} ${row.unit}`,
  ];
  say(
    row.name,
    `${figure(ours)} ${row.unit}`,
    floor === null ? '–' : `${figure(floor)} ${row.unit}`,
    ratio === null ? '–' : figure(ratio),
    `${bars.filter(Boolean).join(', ')}${held ? '' : ' !'}`,
    row.floorName ?? '',
  );
}

function say(name: string, ...cells: string[]): void {
  const widths = [12, 12, 8, 14, 22];
  console.log(`${name.padEnd(50)}${cells.map((cell, n) => cell.padStart(widths[n] ?? 12)).join('')}`);
}

function figure(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

function median(values: (number | undefined)[]): number {
  return values.map(Number).sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
