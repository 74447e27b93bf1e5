import { isMembers, type Json, type Members, memberOf, sameJson } from './json.ts';
import { type SchemaProblem, schemaProblems } from './json-schema.ts';

/** How an answer is to look. `schema` is text while it is being typed. */
export type Format =
  | { type: 'text' | 'json_object' }
  | { type: 'json_schema'; name: string; strict: boolean | null; schema: Json };

/** Where the schema stands: in a member of its own, or beside the type. Anthropic gives it no name. */
export type FormatStyle = 'nested' | 'flat' | 'nameless';

export function formatStyle(name: string): FormatStyle {
  if (name === 'response_format') return 'nested';
  return name === 'text' ? 'flat' : 'nameless';
}

/** Null where the value says more than the controls do. */
export function readFormat(style: FormatStyle, value: Json | undefined): Format | null {
  if (!isMembers(value)) return null;
  const format = loosely(style, value);
  return format && sameJson(writeFormat(style, format), value) ? format : null;
}

function loosely(style: FormatStyle, value: Members): Format | null {
  const { type } = value;
  if (type === 'text' || type === 'json_object') return { type };
  if (type !== 'json_schema') return null;
  const inner = memberOf(value, 'json_schema');
  const holder = style === 'nested' ? inner : value;
  if (!isMembers(holder)) return null;
  const strict = memberOf(holder, 'strict');
  return {
    type,
    name: String(memberOf(holder, 'name') ?? ''),
    strict: typeof strict === 'boolean' ? strict : null,
    schema: memberOf(holder, 'schema') ?? {},
  };
}

export function writeFormat(style: FormatStyle, format: Format): Members {
  if (format.type !== 'json_schema') return { type: format.type };
  const { type, name, strict, schema } = format;
  if (style === 'nameless') return { type, schema };
  const holder: Members = { name, ...(strict === null ? {} : { strict }), schema };
  return style === 'nested' ? { type, json_schema: holder } : { type, ...holder };
}

export function formatProblems(style: FormatStyle, value: Json): SchemaProblem[] {
  if (!isMembers(value)) return [{ path: '', message: 'must be an object with a `type`.' }];
  const { type } = value;
  if (type === 'text' || type === 'json_object') return [];
  if (type !== 'json_schema') return [{ path: 'type', message: 'must be text, json_object or json_schema.' }];
  const holder = style === 'nested' ? memberOf(value, 'json_schema') : value;
  const at = style === 'nested' ? 'json_schema.' : '';
  if (!isMembers(holder)) return [{ path: 'json_schema', message: 'must hold `name` and `schema`.' }];
  const problems: SchemaProblem[] = [];
  const name = memberOf(holder, 'name');
  if (style !== 'nameless' && !(typeof name === 'string' && /^[a-zA-Z0-9_-]{1,64}$/.test(name))) {
    problems.push({
      path: `${at}name`,
      message: 'must be a name of up to 64 letters, digits, `_` and `-`.',
    });
  }
  const schema = memberOf(holder, 'schema');
  if (schema === undefined) return [...problems, { path: `${at}schema`, message: 'is missing.' }];
  const strict = memberOf(holder, 'strict') === true;
  for (const { path, message } of schemaProblems(schema, { strict })) {
    problems.push({ path: [`${at}schema`, path].filter(Boolean).join('.'), message });
  }
  return problems;
}

/** The same wish as another dialect writes it. */
export function formatFor(from: FormatStyle, to: FormatStyle, value: Json): Json {
  const format = isMembers(value) ? loosely(from, value) : null;
  if (!format) return value;
  const named = format.type === 'json_schema' && format.name === '' ? { ...format, name: 'answer' } : format;
  return writeFormat(to, named);
}
