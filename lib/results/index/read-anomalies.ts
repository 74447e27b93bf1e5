import 'server-only';
import type { AnomalyKind } from '#lib/model/reconciliation';
import type { AnomaliesOrder, Anomaly, AnomalyOrder, Balance, Sources } from '#lib/results/index-orders';
import type { Layer, View } from './open-view.ts';
import type { RawRow } from './row-shape.ts';

/** How many lines came in all attempts, and how many of them fit no request as its answer. */
export function readBalance(view: View): Balance {
  const anomalies: Partial<Record<AnomalyKind, number>> = {};
  let answers = 0;
  for (const [, { prepare }] of layersOf(view)) {
    const counted = prepare('select kind, count(*) as n from anomalies group by kind').all();
    for (const { kind, n } of counted as { kind: AnomalyKind; n: number }[]) {
      anomalies[kind] = (anomalies[kind] ?? 0) + n;
    }
    answers += Number(prepare('select count(*) as n from rows where segment is not null').get()?.n);
  }
  const { tally, total } = view;
  return { total, outcomes: tally.outcomes, answers, anomalies };
}

/** Those of one kind in the order of their attempts and of their lines. */
export function readAnomalies(
  view: View,
  { kind, after, limit }: AnomaliesOrder,
): { items: Anomaly[] } & Sources {
  const [, layer, id] = /^([br])(\d+)$/.exec(after ?? 'b0') ?? [];
  const items: Anomaly[] = [];
  for (const [name, { prepare }] of layersOf(view)) {
    if (name < (layer ?? 'b')) continue;
    const start = name === layer ? Number(id) : 0;
    const found = prepare('select * from anomalies where kind = ? and id > ? order by id limit ?').all(
      kind,
      start,
      limit - items.length,
    );
    items.push(...found.map((raw) => asAnomaly(view, name, raw as RawRow)));
  }
  return { items, ...view.sources };
}

export function readAnomaly(view: View, { id }: AnomalyOrder): ({ anomaly: Anomaly } & Sources) | null {
  const layer = layersOf(view).find(([name]) => name === id.charAt(0));
  const raw = layer?.[1].prepare('select * from anomalies where id = ?').get(Number(id.slice(1)));
  return raw && layer ? { anomaly: asAnomaly(view, layer[0], raw as RawRow), ...view.sources } : null;
}

function layersOf({ base, retries }: View): [name: string, layer: Layer][] {
  return retries
    ? [
        ['b', base],
        ['r', retries],
      ]
    : [['b', base]];
}

function asAnomaly({ base }: View, layer: string, raw: RawRow): Anomaly {
  const customId = raw.custom_id as string | null;
  const request = base.prepare('select ordinal from rows where custom_id = ? limit 1').get(customId ?? '');
  return {
    id: `${layer}${raw.id}`,
    kind: raw.kind as AnomalyKind,
    customId,
    ordinal: customId === null || !request ? null : Number(request.ordinal),
    attempt: Number(raw.attempt),
    place: { segment: Number(raw.segment), offset: Number(raw.out_offset), length: Number(raw.out_length) },
  };
}
