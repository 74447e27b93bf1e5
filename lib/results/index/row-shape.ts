import 'server-only';
import type { SQLOutputValue } from 'node:sqlite';
import { nanoToDecimal } from '#lib/model/money';
import { outcomes } from '#lib/model/result';
import type { Usage } from '#lib/model/usage';
import type { IndexedRow } from '#lib/results/index-orders';
import { flagsOf } from './answer-cells.ts';
import type { Layer, View } from './open-view.ts';

export type RawRow = Record<string, SQLOutputValue>;

export function asRow(view: View, raw: RawRow): IndexedRow {
  const text = (name: string) => (raw[name] ?? null) as string | null;
  const number = (name: string) => (raw[name] ?? null) as number | null;
  const usage: Usage = {
    input: number('input'),
    output: number('output'),
    cachedRead: number('cached_read'),
    cacheWrite: number('cache_write'),
    reasoning: number('reasoning'),
    total: number('total'),
  };
  const cost = number('cost_nano');
  const segment = number('segment');
  return {
    ordinal: number('ordinal') ?? 0,
    customId: text('custom_id') ?? '',
    outcome: outcomes[number('outcome') ?? -1] ?? 'missing',
    flags: flagsOf(number('flags') ?? 0),
    httpStatus: number('http_status'),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    group: named(view, 'select key as name from groups where id = ?', number('error_group')),
    model: named(view, 'select name from models where id = ?', number('model')),
    finishReason: text('finish_reason'),
    usage: Object.values(usage).some((value) => value !== null) ? usage : null,
    cost: cost === null ? null : nanoToDecimal(cost),
    attempt: number('attempt') ?? 1,
    preview: text('preview') ?? '',
    input: { offset: number('in_offset') ?? 0, length: number('in_length') ?? 0 },
    output:
      segment === null
        ? null
        : { segment, offset: number('out_offset') ?? 0, length: number('out_length') ?? 0 },
  };
}

function named(view: View, sql: string, id: number | null): string | null {
  if (id === null) return null;
  return (view.top.prepare(sql).get(id) as { name: string } | undefined)?.name ?? null;
}

/** Rows by their ordinals, in the order in which these are given. */
export function rowsAt(view: View, ordinals: ArrayLike<number>): RawRow[] {
  const rowids = view.rowids();
  const wanted = Array.from(ordinals, (ordinal) => rowids[ordinal] ?? 0);
  const shown = new Map<number, RawRow>();
  const read = (layer: Layer | null, some: number[]) => {
    const found = layer
      ?.prepare('select * from rows where rowid in (select value from json_each(?))')
      .all(JSON.stringify(some)) as RawRow[] | undefined;
    for (const raw of found ?? []) shown.set(Number(raw.ordinal), raw);
  };
  read(
    view.base,
    wanted.filter((rowid) => rowid > 0),
  );
  read(
    view.retries,
    wanted.filter((rowid) => rowid < 0).map((rowid) => -rowid),
  );
  return Array.from(ordinals, (ordinal) => shown.get(ordinal)).filter((raw) => raw !== undefined);
}

/** All that was ever answered to one request, in the order of the attempts. */
export function triesAt(view: View, ordinal: number, customId: string): RawRow[] {
  const first = view.base
    .prepare('select * from rows where custom_id = ? and ordinal = ?')
    .all(customId, ordinal);
  const later = view.retries?.prepare('select * from rows where ordinal = ? order by attempt').all(ordinal);
  return [...first, ...(later ?? [])] as RawRow[];
}
