import { isMembers, type Json, type Members, memberOf } from './json.ts';
import { type SchemaProblem, schemaProblems } from './json-schema.ts';
import type { Shape } from './shapes.ts';

type ToolStyle = NonNullable<Shape['tools']>;

export type ToolFacts = { name: string; problems: SchemaProblem[] };

const namePattern = /^[a-zA-Z0-9_-]{1,64}$/;

/** What one tool is called and what is wrong with it. A provider's own tool, web search say, is taken as it is. */
export function toolFacts(style: ToolStyle, tool: Json): ToolFacts {
  if (!isMembers(tool)) return { name: '', problems: [{ path: '', message: 'a tool is an object.' }] };
  const own = (style === 'messages' ? writtenAsMessages : style === 'responses' ? isFlat : isEither)(tool);
  if (own === null) return { name: String(tool.name ?? tool.type ?? ''), problems: [] };
  if (typeof own === 'string') return { name: '', problems: [{ path: '', message: own }] };
  const { holder, at, schema } = own;
  const name = memberOf(holder, 'name');
  const problems: SchemaProblem[] = [];
  if (typeof name !== 'string' || !namePattern.test(name)) {
    problems.push({
      path: `${at}name`,
      message: 'must be a name of up to 64 letters, digits, `_` and `-`.',
    });
  }
  const value = memberOf(holder, schema);
  if (value === undefined && schema === 'input_schema') {
    problems.push({ path: schema, message: 'is missing: a JSON schema of what the tool takes.' });
  } else if (value !== undefined) {
    const strict = memberOf(holder, 'strict') === true;
    for (const { path, message } of schemaProblems(value, { strict })) {
      problems.push({ path: [`${at}${schema}`, path].filter(Boolean).join('.'), message });
    }
  }
  return { name: typeof name === 'string' ? name : '', problems };
}

type Own = { holder: Members; at: string; schema: string };

function writtenAsMessages(tool: Members): Own | null | string {
  if (isMembers(memberOf(tool, 'function'))) return 'write `name`, `description` and `input_schema` here.';
  const type = memberOf(tool, 'type');
  return type === undefined || type === 'custom' ? { holder: tool, at: '', schema: 'input_schema' } : null;
}

function isFlat(tool: Members): Own | null | string {
  if (isMembers(memberOf(tool, 'function'))) return 'write `name` and `parameters` beside `type` here.';
  if (Object.hasOwn(tool, 'input_schema')) return 'write `parameters` in place of `input_schema` here.';
  return memberOf(tool, 'type') === 'function' ? { holder: tool, at: '', schema: 'parameters' } : null;
}

/** Chat Completions; where a gateway takes both, Messages too. */
function isEither(tool: Members): Own | null | string {
  const inner = memberOf(tool, 'function');
  if (memberOf(tool, 'type') === 'function') {
    return isMembers(inner)
      ? { holder: inner, at: 'function.', schema: 'parameters' }
      : 'needs `function` with a `name`.';
  }
  return Object.hasOwn(tool, 'input_schema') ? writtenAsMessages(tool) : null;
}

/** A tool to begin with. */
export function newTool(style: ToolStyle, name: string): Members {
  const parameters: Members = {
    type: 'object',
    properties: { city: { type: 'string', description: 'The name of the city' } },
    required: ['city'],
  };
  const words = { name, description: 'What the tool does and when to use it' };
  if (style === 'responses') return { type: 'function', ...words, parameters };
  return style === 'chat'
    ? { type: 'function', function: { ...words, parameters } }
    : { ...words, input_schema: parameters };
}

/** The same tool as another dialect writes it; what is none of ours stays as it is. */
export function toolFor(style: ToolStyle, tool: Json): Json {
  if (!isMembers(tool)) return tool;
  const inner = memberOf(tool, 'function');
  const isTaken = isMembers(inner) || Object.hasOwn(tool, 'input_schema');
  if (style === 'either' && isTaken) return tool;
  const holder = isMembers(inner) ? inner : tool;
  const schema = memberOf(holder, 'parameters') ?? memberOf(holder, 'input_schema');
  const type = memberOf(tool, 'type');
  if (schema === undefined || (type !== undefined && type !== 'function' && type !== 'custom')) return tool;
  const { parameters: _, input_schema: __, type: ___, ...words } = holder;
  if (style === 'messages' || style === 'either') return { ...words, input_schema: schema };
  const flat = { ...words, parameters: schema };
  return style === 'chat' ? { type: 'function', function: flat } : { type: 'function', ...flat };
}
