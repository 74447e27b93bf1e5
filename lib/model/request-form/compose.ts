import type { BatchForm, FormRequest, Sheet } from './form.ts';
import { isMembers, type Json, type Members, memberOf, withMember } from './json.ts';
import { type Shape, shapes } from './shapes.ts';

/** What a request sends: the defaults it does not leave out, and over them its own. */
export function effective(defaults: Sheet, sheet: Sheet): Members {
  const kept = Object.entries(defaults.own).filter(([name]) => !sheet.omit.includes(name));
  return { ...Object.fromEntries(kept), ...sheet.own };
}

export function requestParams(form: BatchForm, request: FormRequest): Members {
  return effective(form.defaults, request);
}

/** The request as the provider gets it. */
export function lineOf(form: BatchForm, request: FormRequest): Members {
  const shape = shapes[form.shape];
  const body = bodyOf(shape, requestParams(form, request));
  return shape.url === null
    ? { custom_id: request.customId, params: body }
    : { custom_id: request.customId, method: 'POST', url: shape.url, body };
}

export function composeLine(form: BatchForm, request: FormRequest): string {
  return JSON.stringify(lineOf(form, request));
}

export function composeLines(form: BatchForm): string {
  return form.requests.map((request) => `${composeLine(form, request)}\n`).join('');
}

export function bodyOf(shape: Shape, params: Members): Members {
  const ordered = inOrder(shape, params);
  return shape.turns === 'chat' ? withSystemTurn(ordered) : ordered;
}

/** The parameters in the order of the shape, whatever else there is behind them. */
export function inOrder(shape: Shape, params: Members): Members {
  const names = [...new Set([...shape.params.map(({ name }) => name), ...Object.keys(params)])];
  const ordered = names.flatMap((name): [string, Json][] => {
    const value = memberOf(params, name);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(ordered);
}

/** The other way round: what a body says as parameters of the form. */
export function paramsOf(shape: Shape, body: Members): Members {
  const messages = memberOf(body, 'messages');
  if (shape.turns !== 'chat' || !Array.isArray(messages) || Object.hasOwn(body, 'system')) return body;
  const [first, ...rest] = messages;
  if (!isSystemTurn(first)) return body;
  return withMember({ system: first.content, ...body }, 'messages', rest);
}

/** Chat Completions have no `system`: there it is the first message. */
function withSystemTurn(params: Members): Members {
  const system = memberOf(params, 'system');
  const messages = memberOf(params, 'messages') ?? [];
  if (typeof system !== 'string' || !Array.isArray(messages)) return params;
  const written = withMember(params, 'messages', [{ role: 'system', content: system }, ...messages]);
  return withMember(written, 'system', undefined);
}

function isSystemTurn(message: Json | undefined): message is { role: 'system'; content: string } {
  return (
    isMembers(message) &&
    message.role === 'system' &&
    typeof message.content === 'string' &&
    Object.keys(message).length === 2
  );
}
