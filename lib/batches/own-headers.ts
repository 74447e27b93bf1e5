import 'server-only';
import { Refusal } from '#lib/errors';
import { presetNamed } from '#lib/model/preset';
import type { ConnectionRow } from '#lib/store/connections';

/** Headers of a batch's own go out and into its record, so that only those may be given whose values are no secret. */
export function ownHeaders(target: ConnectionRow, given: Record<string, string>): Record<string, string> {
  const open = presetNamed(target.preset)?.publicHeaders ?? [];
  const refused = Object.keys(given).find((name) => !open.includes(name));
  if (refused !== undefined) {
    const may = open.length === 0 ? 'none of its own' : `only ${open.join(', ')}`;
    throw new Refusal('invalid', `A batch for ${target.name} may set ${may}, not the header ${refused}.`, {
      field: 'headers',
    });
  }
  return given;
}
