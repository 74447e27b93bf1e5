import { fieldPlace } from './json-path.ts';
import { isMembers, type Json, type Members, sameJson } from './request-form/json.ts';
import { asList, asNumber, asObject, type Loose } from './unknown.ts';

/** A place of a value that does not keep to its schema, and why not, in words. */
export type SchemaBreak = { place: string; problem: string };

const mostBreaks = 20;
const deepest = 60;
/** Forms within forms that go round in circles are given up. */
const mostSteps = 50_000;

/**
 * Where a value breaks the schema that was asked for. Looked at is what decides the form of structured answers; patterns
 * and formats are left out: a stranger's pattern may take for ever.
 */
export function schemaBreaks(schema: unknown, value: unknown): SchemaBreak[] {
  return breaksAt(
    { root: schema, place: 'answer', depth: 0, steps: { left: mostSteps } },
    schema,
    value as Json,
  ).slice(0, mostBreaks);
}

type At = { root: unknown; place: string; depth: number; steps: { left: number } };

function breaksAt(at: At, schema: unknown, value: Json): SchemaBreak[] {
  if (schema === false) return [{ place: at.place, problem: 'must not be there' }];
  const rules = asObject(schema);
  at.steps.left -= 1;
  if (!rules || at.depth > deepest || at.steps.left < 0) return [];
  const inner = { ...at, depth: at.depth + 1 };
  if (typeof rules.$ref === 'string') return breaksAt(inner, resolved(at.root, rules.$ref), value);
  const own = ownProblems(rules, value).map((problem) => ({ place: at.place, problem }));
  if (own.length > 0) return own;
  return [...choiceBreaks(inner, rules, value), ...memberBreaks(inner, rules, value)];
}

/** What is wrong with the value itself, whatever it holds. */
function ownProblems(rules: Loose, value: Json): string[] {
  const types = [rules.type].flat().filter((type): type is string => typeof type === 'string');
  if (types.length > 0 && !types.some((type) => isOf(type, value))) {
    return [`is ${typeOf(value)}, not ${types.join(' or ')}`];
  }
  const allowed = asList(rules.enum) as Json[] | null;
  if (allowed && !allowed.some((one) => sameJson(one, value))) {
    return [`is ${brief(value)}, not one of ${allowed.map(brief).join(', ')}`];
  }
  if (Object.hasOwn(rules, 'const') && !sameJson(rules.const as Json, value)) {
    return [`is ${brief(value)}, not ${brief(rules.const as Json)}`];
  }
  return sizeProblems(rules, value);
}

function sizeProblems(rules: Loose, value: Json): string[] {
  const size = sizeOf(value);
  if (!size) return [];
  const limit = (name: string) => (typeof rules[name] === 'number' ? asNumber(rules[name]) : null);
  const [least, most] = [limit(size.least), limit(size.most)];
  const problems: string[] = [];
  if (least !== null && size.is < least) problems.push(`${size.says}, fewer than ${least}`);
  if (most !== null && size.is > most) problems.push(`${size.says}, more than ${most}`);
  if (typeof value !== 'number') return problems;
  const [above, below, step] = [limit('exclusiveMinimum'), limit('exclusiveMaximum'), limit('multipleOf')];
  if (above !== null && value <= above) problems.push(`is ${value}, not more than ${above}`);
  if (below !== null && value >= below) problems.push(`is ${value}, not less than ${below}`);
  if (step && !isMultiple(value, step)) problems.push(`is ${value}, not a multiple of ${step}`);
  return problems;
}

function sizeOf(value: Json): { is: number; says: string; least: string; most: string } | null {
  if (typeof value === 'number') return { is: value, says: `is ${value}`, least: 'minimum', most: 'maximum' };
  if (typeof value === 'string') {
    const count = [...value].length;
    return { is: count, says: `has ${count} characters`, least: 'minLength', most: 'maxLength' };
  }
  if (!Array.isArray(value)) return null;
  return { is: value.length, says: `has ${value.length} items`, least: 'minItems', most: 'maxItems' };
}

function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return Math.abs(times - Math.round(times)) < 1e-9 * Math.max(1, Math.abs(times));
}

function choiceBreaks(at: At, rules: Loose, value: Json): SchemaBreak[] {
  const tried = (name: string) => asList(rules[name])?.map((one) => breaksAt(at, one, value)) ?? [];
  const breaks = tried('allOf').flat();
  const any = tried('anyOf');
  const one = tried('oneOf');
  const fitting = one.filter((some) => some.length === 0).length;
  if (any.length > 0 && !any.some((some) => some.length === 0)) breaks.push(...nearest(at, any));
  if (one.length > 0 && fitting === 0) breaks.push(...nearest(at, one));
  if (fitting > 1) breaks.push({ place: at.place, problem: `fits ${fitting} of the forms, not just one` });
  return breaks;
}

/** Of forms none of which fits, that in which something lies deepest is the one that was meant. */
function nearest({ place }: At, tried: SchemaBreak[][]): SchemaBreak[] {
  const within = tried.filter((breaks) => breaks.every((one) => one.place !== place));
  return within.length === 1 ? (within[0] ?? []) : [{ place, problem: `fits none of ${tried.length} forms` }];
}

function memberBreaks(at: At, rules: Loose, value: Json): SchemaBreak[] {
  if (Array.isArray(value)) return itemBreaks(at, rules, value);
  if (!isMembers(value)) return [];
  const known = asObject(rules.properties) ?? {};
  const required = (asList(rules.required) ?? []).filter((name) => typeof name === 'string');
  const missing = required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => ({ place: fieldPlace(at.place, name), problem: 'is missing' }));
  return [...missing, ...Object.keys(value).flatMap((name) => memberBreak(at, rules, known, value, name))];
}

function memberBreak(at: At, rules: Loose, known: Loose, value: Members, name: string): SchemaBreak[] {
  const place = fieldPlace(at.place, name);
  const member = value[name] as Json;
  if (Object.hasOwn(known, name)) return breaksAt({ ...at, place }, known[name], member);
  if (asObject(rules.patternProperties)) return [];
  if (rules.additionalProperties === false) return [{ place, problem: 'is not in the schema' }];
  return breaksAt({ ...at, place }, rules.additionalProperties, member);
}

function itemBreaks(at: At, rules: Loose, items: Json[]): SchemaBreak[] {
  const first = asList(rules.prefixItems) ?? [];
  return items.flatMap((item, n) =>
    breaksAt(
      { ...at, place: fieldPlace(at.place, String(n)) },
      n < first.length ? first[n] : rules.items,
      item,
    ),
  );
}

function isOf(type: string, value: Json): boolean {
  if (type === 'integer') return Number.isInteger(value);
  return type === typeOf(value).replace(/^an? /, '');
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function brief(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}

function resolved(root: unknown, ref: string): unknown {
  if (ref !== '#' && !ref.startsWith('#/')) return undefined;
  return ref
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, name) => {
      const object = asObject(at);
      return object && Object.hasOwn(object, name) ? object[name] : undefined;
    }, root);
}
