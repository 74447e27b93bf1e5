import 'server-only';
import type { Dialect } from '#lib/model/connection';
import { type Preset, presetIn, presetNamed } from '#lib/model/preset';
import type { ConnectionRow } from '#lib/store/connections';

/** What a connection started from, in the dialect it speaks. Null for one that this version no longer knows. */
export function presetOf(row: Pick<ConnectionRow, 'preset' | 'dialect'>): Preset | null {
  const preset = presetNamed(row.preset);
  return preset && presetIn(preset, row.dialect as Dialect);
}
