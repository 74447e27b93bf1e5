import 'server-only';
import { closeSync, openSync, writeSync } from 'node:fs';
import { outcomes } from '#lib/model/result';
import type { Derived, DeriveOrder } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import { readColumn } from './columns.ts';
import { findOrdinals } from './find-ordinals.ts';
import { OpenFiles } from './open-files.ts';
import type { View } from './open-view.ts';
import { overrideLine } from './override-line.ts';

const gatheredBytes = 256 * 1024;
const slice = 500;
const newline = Uint8Array.of(0x0a);

/** Writes the chosen lines of a batch to a file, as they stand in its input or with some members set anew. */
export function* deriveLines(view: View, order: DeriveOrder): Slices<Derived> {
  const unknown = order.customIds?.filter((id) => ordinalOf(view, id) === 0) ?? [];
  const chosen = yield* choose(view, order);
  const [files, places] = [new OpenFiles(), placesIn(view)];
  const outcomeOf = view.column('outcome');
  const counts = outcomes.map(() => 0);
  const out = openSync(order.out, 'w', 0o600);
  try {
    let waiting: Uint8Array[] = [];
    let bytes = 0;
    for (const [n, ordinal] of chosen.entries()) {
      const line = changed(files.read(order.input, places(ordinal)), order.overrides);
      counts[outcomeOf[ordinal] ?? 0] = (counts[outcomeOf[ordinal] ?? 0] ?? 0) + 1;
      waiting.push(line, newline);
      bytes += line.length + 1;
      if (n % slice === slice - 1) yield undefined;
      if (bytes < gatheredBytes) continue;
      writeSync(out, Buffer.concat(waiting));
      waiting = [];
      bytes = 0;
    }
    writeSync(out, Buffer.concat(waiting));
  } finally {
    closeSync(out);
    files.close();
  }
  const byOutcome = Object.fromEntries(outcomes.map((outcome, code) => [outcome, counts[code] ?? 0]));
  return { unknown, requests: chosen.length, outcomes: byOutcome as Derived['outcomes'] };
}

function* choose(view: View, { files, filter, customIds }: DeriveOrder): Slices<Uint32Array> {
  const meant = yield* findOrdinals(view, { files, filter });
  if (!customIds) return meant;
  const named = new Set(customIds.map((id) => ordinalOf(view, id)));
  return meant.filter((ordinal) => named.has(ordinal));
}

function ordinalOf(view: View, customId: string): number {
  const found = view.base.prepare('select ordinal from rows where custom_id = ? limit 1').get(customId);
  return Number(found?.ordinal ?? 0);
}

/** Where each request stands in the batch's own file, whatever later attempts have sent in its place. */
function placesIn({ base }: View): (ordinal: number) => { offset: number; length: number } {
  const ordinals = readColumn(base.db, 'ordinal');
  const [offsets, lengths] = [readColumn(base.db, 'inOffset'), readColumn(base.db, 'inLength')];
  const rows = new Uint32Array(ordinals.length + 1);
  for (const [row, ordinal] of ordinals.entries()) rows[ordinal] = row;
  return (ordinal) => ({
    offset: offsets[rows[ordinal] ?? 0] ?? 0,
    length: lengths[rows[ordinal] ?? 0] ?? 0,
  });
}

function changed(line: Uint8Array, overrides: DeriveOrder['overrides']): Uint8Array {
  if (overrides === null) return line;
  return Buffer.from(overrideLine(new TextDecoder().decode(line), overrides));
}
