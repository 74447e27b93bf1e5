import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BenchCase } from './bench-case.ts';
import { openBench } from './bench-cases.ts';
import { processCases } from './bench-process.ts';
import { sandboxCases } from './bench-sandbox.ts';

/** Each case and its floor in turn, in one run; what is told is the ratio of their medians. */
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const out = path.resolve(import.meta.dirname, '../../e2e/.artifacts/bench.json');
const bench = await openBench();
const sandbox = await sandboxCases();
const rows = [];
try {
  for (const entry of [...bench.cases, ...sandbox.cases, ...(await processCases())])
    rows.push(await compare(entry));
} finally {
  await bench.close();
  sandbox.close();
}
mkdirSync(path.dirname(out), { recursive: true });
writeFileSync(out, `${JSON.stringify({ at: new Date().toISOString(), rounds, rows }, null, 2)}\n`);
console.log(`\nMedians of ${rounds} rounds each. As JSON: ${path.relative(process.cwd(), out)}`);
process.exit(rows.some(({ held }) => !held) ? 1 : 0);

async function compare({ name, floorName, unit, bar, ours, floor }: BenchCase) {
  const taken: { ours: number[]; floor: number[] } = { ours: [], floor: [] };
  for (let n = 0; n < rounds; n++) {
    taken.ours.push(await ours());
    taken.floor.push(await floor());
  }
  const row = { name, floorName, unit, ours: median(taken.ours), floor: median(taken.floor), bar };
  const ratio = row.ours / row.floor;
  const held = bar === null || ratio <= bar;
  if (rows.length === 0) say('', 'ours', 'floor', 'ratio', 'bar', 'floor is');
  const figures = [row.ours, row.floor].map((value) => `${figure(value)} ${unit}`);
  say(name, ...figures, figure(ratio), bar === null ? '' : `${bar}${held ? '' : ' !'}`, floorName);
  return { ...row, ratio, held };
}

function say(name: string, ...cells: string[]): void {
  console.log(`${name.padEnd(40)}${cells.map((cell) => cell.padStart(14)).join('')}`);
}

function figure(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
