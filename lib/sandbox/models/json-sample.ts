import 'server-only';
import { asList, asObject, asText, type Loose } from '#lib/model/unknown';

const deepest = 8;

/** A value that fits a JSON schema, always the same one: the first choice, the least count, the name as its text. */
export function sampleOf(schema: unknown, name = 'answer', root: unknown = schema, depth = 0): unknown {
  const at = asObject(schema);
  if (!at || depth > deepest) return null;
  const again = (inner: unknown, as = name) => sampleOf(inner, as, root, depth + 1);
  if ('const' in at) return at.const;
  if ('default' in at) return at.default;
  const [choice] = asList(at.enum) ?? [];
  if (choice !== undefined) return choice;
  const ref = asText(at.$ref);
  if (ref) return again(resolved(root, ref));
  const [variant] = asList(at.anyOf) ?? asList(at.oneOf) ?? [];
  if (variant !== undefined) return again(variant);
  const type = asText(at.type) ?? asText(asList(at.type)?.[0]) ?? (at.properties ? 'object' : 'string');
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(asObject(at.properties) ?? {}).map(([key, inner]) => [key, again(inner, key)]),
      );
    case 'array':
      return Array.from({ length: Math.min(3, Math.max(1, numberIn(at, 'minItems', 1))) }, () =>
        again(at.items, name),
      );
    case 'integer':
    case 'number':
      return numberIn(at, 'minimum', 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return textFor(at, name);
  }
}

function numberIn(at: Loose, name: string, otherwise: number): number {
  const value = at[name];
  return typeof value === 'number' ? value : otherwise;
}

function textFor(at: Loose, name: string): string {
  if (at.format === 'date') return '2025-11-27';
  if (at.format === 'date-time') return '2025-11-27T18:25:00Z';
  if (at.format === 'email') return 'someone@example.com';
  if (at.format === 'uri') return 'https://example.com/';
  const least = Math.min(1_000, numberIn(at, 'minLength', 0));
  return `some ${name}`.padEnd(least, '.').slice(0, numberIn(at, 'maxLength', 1_000));
}

function resolved(root: unknown, ref: string): unknown {
  return ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, step) => asObject(at)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')], root);
}
