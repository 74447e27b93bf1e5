import { isMembers, type Json, type Members, memberOf } from './json.ts';

export type SchemaProblem = { path: string; message: string };

const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
const manySchemas = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const oneSchema = ['items', 'additionalProperties', 'not', 'contains', 'if', 'then', 'else', 'propertyNames'];
const namedSchemas = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
const counts = [
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minContains',
];
const numbers = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];

/** What is certainly wrong with a JSON schema. Words it does not know are left alone, as the standard wants it. */
export function schemaProblems(schema: Json, { strict = false } = {}): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  check(schema, '', { root: schema, strict, add: (path, message) => problems.push({ path, message }) });
  return problems;
}

type Walk = { root: Json; strict: boolean; add: (path: string, message: string) => void };

function check(schema: Json, path: string, walk: Walk): void {
  if (typeof schema === 'boolean') return;
  if (!isMembers(schema)) {
    walk.add(path, 'a schema is an object.');
    return;
  }
  checkType(schema, path, walk);
  checkWords(schema, path, walk);
  if (walk.strict) checkStrict(schema, path, walk);
  for (const name of oneSchema) {
    const inner = memberOf(schema, name);
    if (inner !== undefined && !(name === 'items' && Array.isArray(inner)))
      check(inner, at(path, name), walk);
  }
  for (const name of manySchemas) {
    const inner = memberOf(schema, name);
    if (inner === undefined) continue;
    if (!Array.isArray(inner) || inner.length === 0) walk.add(at(path, name), 'must be a list of schemas.');
    else for (const [n, one] of inner.entries()) check(one, at(path, `${name}.${n}`), walk);
  }
  for (const name of namedSchemas) {
    const inner = memberOf(schema, name);
    if (inner === undefined) continue;
    if (!isMembers(inner)) walk.add(at(path, name), 'must be an object of schemas.');
    else for (const [key, one] of Object.entries(inner)) check(one, at(path, `${name}.${key}`), walk);
  }
}

function checkType(schema: Members, path: string, { add }: Walk): void {
  const type = memberOf(schema, 'type');
  if (type === undefined) return;
  for (const one of Array.isArray(type) ? type : [type]) {
    if (!types.includes(String(one))) add(at(path, 'type'), `must be one of ${types.join(', ')}.`);
  }
}

function checkWords(schema: Members, path: string, { add, root }: Walk): void {
  const required = memberOf(schema, 'required');
  const isNames = Array.isArray(required) && required.every((name) => typeof name === 'string');
  if (required !== undefined && !isNames) add(at(path, 'required'), 'must be a list of names.');
  const choices = memberOf(schema, 'enum');
  if (choices !== undefined && !(Array.isArray(choices) && choices.length > 0)) {
    add(at(path, 'enum'), 'must be a list with at least one value.');
  }
  for (const name of counts) {
    const value = memberOf(schema, name);
    if (value !== undefined && !(Number.isInteger(value) && Number(value) >= 0)) {
      add(at(path, name), 'must be a whole number, 0 or more.');
    }
  }
  for (const name of numbers) {
    const value = memberOf(schema, name);
    if (value !== undefined && typeof value !== 'number') add(at(path, name), 'must be a number.');
  }
  const pattern = memberOf(schema, 'pattern');
  if (pattern !== undefined && !isPattern(pattern)) add(at(path, 'pattern'), 'is not a regular expression.');
  const ref = memberOf(schema, '$ref');
  if (typeof ref === 'string' && ref.startsWith('#') && !resolves(root, ref)) {
    add(at(path, '$ref'), `points at nothing: ${ref}`);
  }
}

/** Strict structured output wants every property required and no others. */
function checkStrict(schema: Members, path: string, { add }: Walk): void {
  const properties = memberOf(schema, 'properties');
  if (memberOf(schema, 'type') !== 'object' && properties === undefined) return;
  if (memberOf(schema, 'additionalProperties') !== false) {
    add(path, 'strict needs `additionalProperties: false`.');
  }
  const required = memberOf(schema, 'required');
  const named = Array.isArray(required) ? required : [];
  const missing = Object.keys(isMembers(properties) ? properties : {}).filter(
    (name) => !named.includes(name),
  );
  if (missing.length > 0)
    add(at(path, 'required'), `strict needs every property here: ${missing.join(', ')}.`);
}

function isPattern(pattern: Json): boolean {
  try {
    new RegExp(String(pattern), 'u');
    return typeof pattern === 'string';
  } catch {
    return false;
  }
}

function resolves(root: Json, ref: string): boolean {
  let here: Json | undefined = root;
  for (const step of ref.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    here = Array.isArray(here) ? here[Number(name)] : isMembers(here) ? memberOf(here, name) : undefined;
  }
  return here !== undefined;
}

function at(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
