import 'server-only';
import type { KeptHeader } from '#lib/connections/credentials';
import { presetOf } from '#lib/connections/preset-of';
import { Refusal } from '#lib/errors';
import type { Dialect } from '#lib/model/connection';
import { dialectStarts } from '#lib/model/dialect-starts';
import type { ConnectionRow } from '#lib/store/connections';

/**
 * What goes out with each call of a batch and into its record: where its connection sends it at this moment, and
 * what was given for it alone. A connection that is told another way later leaves running batches where they are.
 */
export function ownHeaders(target: ConnectionRow, given: Record<string, string>): Record<string, string> {
  const open = presetOf(target)?.publicHeaders ?? [];
  const refused = Object.keys(given).find((name) => !open.includes(name));
  if (refused !== undefined) {
    const may = open.length === 0 ? 'none of its own' : `only ${open.join(', ')}`;
    throw new Refusal('invalid', `A batch for ${target.name} may set ${may}, not the header ${refused}.`, {
      field: 'headers',
    });
  }
  return { ...routed(target), ...given };
}

/** The open headers of its dialect. What the sandbox is told to do wrong is no way to anywhere. */
function routed({ dialect, headers }: ConnectionRow): Record<string, string> {
  const { publicHeaders } = dialectStarts[dialect as Dialect];
  const kept = Object.entries(JSON.parse(headers) as Record<string, KeptHeader>);
  return Object.fromEntries(
    kept.flatMap(([name, header]) =>
      'plain' in header && publicHeaders.includes(name) ? [[name, header.plain]] : [],
    ),
  );
}
