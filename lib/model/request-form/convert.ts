import type { BatchForm, FormRequest, ShapeName, Sheet } from './form.ts';
import { formatFor, formatStyle } from './format.ts';
import { isMembers, type Json, type Members, memberOf } from './json.ts';
import { type Shape, shapes } from './shapes.ts';
import { readToolChoice, writeToolChoice } from './tool-choice.ts';
import { toolFor } from './tools.ts';
import { newTurn, readTurns, type Turn, type TurnStyle, writeTurns } from './turns.ts';

/** The same requests for another kind of line. What the other kind has no word for stays as it is, for the checks to name. */
export function convertForm(form: BatchForm, to: ShapeName): BatchForm {
  if (form.shape === to) return form;
  const from = shapes[form.shape];
  const onto = shapes[to];
  return {
    shape: to,
    defaults: convertSheet(form.defaults, from, onto),
    requests: form.requests.map((request): FormRequest => convertSheet(request, from, onto)),
  };
}

function convertSheet<S extends Sheet>(sheet: S, from: Shape, to: Shape): S {
  return {
    ...sheet,
    own: convertParams(sheet.own, from, to),
    omit: sheet.omit.map((name) => nameIn(to, name)),
  };
}

/** Names for the same thing, of which every shape has at most one. */
const kin = [
  ['max_tokens', 'max_output_tokens'],
  ['stop_sequences', 'stop'],
  ['system', 'instructions'],
];

function nameIn(shape: Shape, name: string): string {
  const others = kin.find((names) => names.includes(name)) ?? [];
  return others.find((other) => shape.params.some((param) => param.name === other)) ?? name;
}

function convertParams(params: Members, from: Shape, to: Shape): Members {
  const entries = Object.entries(params).flatMap(([name, value]) => convertParam(name, value, from, to));
  const made: [string, Json][] = [];
  for (const [name, value] of entries) {
    const before = made.find(([other]) => other === name);
    // Format and effort of Anthropic and Responses stand in one member with others.
    if (before && isMembers(before[1]) && isMembers(value)) before[1] = { ...before[1], ...value };
    else if (!before) made.push([name, value]);
  }
  return Object.fromEntries(made);
}

function convertParam(name: string, value: Json, from: Shape, to: Shape): [string, Json][] {
  const same: [string, Json][] = [[nameIn(to, name), value]];
  const param = from.params.find((one) => one.name === name);
  switch (param?.control.kind) {
    case 'turns':
      return convertTurns(value, from, to) ?? same;
    case 'texts':
      return convertText(value, to) ?? same;
    case 'tools':
      return [
        [name, Array.isArray(value) ? value.map((tool) => toolFor(to.tools ?? 'either', tool)) : value],
      ];
    case 'tool-choice': {
      const keeps = to.tools === null || (to.tools === 'either' && from.tools !== 'responses');
      const choice = keeps ? null : readToolChoice(value);
      return [[name, choice === null ? value : writeToolChoice(to.tools ?? 'either', choice)]];
    }
    case 'format':
    case 'choice':
      return convertOutput(name, value, to);
    default:
      return same;
  }
}

function convertTurns(value: Json, from: Shape, to: Shape): [string, Json][] | null {
  if (from.turns === null) return null;
  const turns = readTurns(from.turns, value);
  if (!turns) return null;
  const target = to.params.find(({ perRequest }) => perRequest)?.name ?? 'messages';
  if (to.turns === null) return [[target, textOf(turns)]];
  return [[target, writeTurns(to.turns, turns.map(restyle(to.turns)))]];
}

function restyle(style: TurnStyle): (turn: Turn) => Turn {
  return (turn) => ('raw' in turn ? turn : { ...turn, style: ownStyle(style, turn) });
}

function ownStyle(style: TurnStyle, turn: Exclude<Turn, { raw: Json }>) {
  return style === 'either' ? turn.style : style;
}

function convertText(value: Json, to: Shape): [string, Json][] | null {
  const target = to.params.find(({ perRequest }) => perRequest)?.name;
  if (target === undefined || typeof value !== 'string') return null;
  if (to.turns === null) return [[target, value]];
  return [[target, writeTurns(to.turns, [newTurn(to.turns, 'user', value)])]];
}

function textOf(turns: Turn[]): string {
  const last = turns.findLast((turn) => !('raw' in turn) && turn.role === 'user');
  const parts = last && !('raw' in last) ? last.parts : [];
  return parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n\n');
}

/** Where an answer's format, and how hard to think about it, are said. */
function convertOutput(name: string, value: Json, to: Shape): [string, Json][] {
  const wish = outputWish(name, value);
  if (!wish) return [[name, value]];
  const made: [string, Json][] = [];
  const put = (kind: 'format' | 'effort' | 'verbosity', said: Json | undefined) => {
    if (said === undefined) return;
    const place = to.params.find((param) => concernOf(param) === kind);
    if (!place) return made.push([name, value]);
    const whole = kind === 'format' ? formatFor(formatStyle(name), formatStyle(place.name), said) : said;
    made.push([place.name, place.member === undefined ? whole : { [place.member]: whole }]);
  };
  put('format', wish.format);
  put('effort', wish.effort);
  put('verbosity', wish.verbosity);
  return made.length > 0 ? made : [[name, value]];
}

function outputWish(
  name: string,
  value: Json,
): { format?: Json | undefined; effort?: Json | undefined; verbosity?: Json | undefined } | null {
  if (name === 'response_format') return { format: value };
  if (name === 'reasoning_effort') return { effort: value };
  if (name === 'verbosity') return { verbosity: value };
  if (!isMembers(value) || !['text', 'reasoning', 'output_config'].includes(name)) return null;
  return {
    format: memberOf(value, 'format'),
    effort: memberOf(value, 'effort'),
    verbosity: memberOf(value, 'verbosity'),
  };
}

function concernOf(param: Shape['params'][number]): 'format' | 'effort' | 'verbosity' | null {
  if (param.control.kind === 'format') return 'format';
  if ((param.member ?? param.name).endsWith('effort')) return 'effort';
  return (param.member ?? param.name) === 'verbosity' ? 'verbosity' : null;
}
