import * as z from 'zod/mini';
import type { ShapeName } from './form.ts';
import { formatProblems, formatStyle } from './format.ts';
import { isMembers, type Json, memberOf } from './json.ts';
import type { Control, Param } from './params.ts';
import { type Shape, shapes } from './shapes.ts';
import { readToolChoice } from './tool-choice.ts';
import { toolFacts } from './tools.ts';
import { turnProblems, type ValueProblem } from './turn-problems.ts';

/** A value for which the problems are found by a function of ours. Absent and null are judged elsewhere. */
function judged(judge: (value: Json) => ValueProblem[]) {
  const judging = z.unknown().check(({ value, issues }) => {
    if (value === undefined || value === null) return;
    for (const { path, message } of judge(value as Json)) {
      issues.push({ code: 'custom', input: value, path, message });
    }
  });
  return z.optional(judging);
}

function fits(test: (value: Json) => boolean, message: string) {
  return judged((value) => (test(value) ? [] : [{ path: [], message }]));
}

/** A number as a person should write it. */
export function numberWords({ whole, min, max }: Extract<Control, { kind: 'number' }>): string {
  const what = whole ? 'A whole number' : 'A number';
  if (min !== undefined && max !== undefined) return `${what} from ${min} to ${max}, or empty.`;
  return min === undefined ? `${what}, or empty.` : `${what}, ${min} or more, or empty.`;
}

const isText = (value: Json): value is string => typeof value === 'string' && value.trim() !== '';

function pairsProblems(value: Json) {
  if (Array.isArray(value)) return [{ path: [], message: 'Two pairs have the same name.' }];
  if (!isMembers(value)) return [{ path: [], message: 'Pairs of a name and a text.' }];
  const pairs = Object.entries(value);
  const problems: ValueProblem[] = pairs.length > 16 ? [{ path: [], message: 'At most 16 pairs.' }] : [];
  for (const [name, text] of pairs) {
    if (name.trim() === '') problems.push({ path: [name], message: 'Name this pair or remove it.' });
    if (name.length > 64) problems.push({ path: [name], message: 'A name has at most 64 characters.' });
    if (typeof text !== 'string') problems.push({ path: [name], message: 'A value is text.' });
    else if (text.length > 512)
      problems.push({ path: [name], message: 'A value has at most 512 characters.' });
  }
  return problems;
}

function stringsProblems(value: Json, most: number | null) {
  if (value === '') return [{ path: [], message: 'Write a sequence or remove it.' }];
  if (typeof value === 'string') return [];
  if (!Array.isArray(value)) return [{ path: [], message: 'A list of texts.' }];
  const empty = value.findIndex((text) => typeof text !== 'string' || text === '');
  if (empty !== -1) return [{ path: [empty], message: 'Write a sequence or remove it.' }];
  return most !== null && value.length > most ? [{ path: [], message: `At most ${most}.` }] : [];
}

function thinkingProblems(value: Json) {
  if (!isMembers(value)) return [{ path: [], message: 'An object with a `type`.' }];
  if (value.type !== 'enabled') return [];
  const budget = memberOf(value, 'budget_tokens');
  const isBudget = Number.isInteger(budget) && Number(budget) > 0;
  return isBudget ? [] : [{ path: ['budget_tokens'], message: 'A whole number above 0.' }];
}

function valueSchema(shape: Shape, param: Param) {
  const { control } = param;
  switch (control.kind) {
    case 'model':
      return fits(isText, 'Choose a model.');
    case 'text':
      return fits((value) => typeof value === 'string' || Array.isArray(value), 'Text, or a list of blocks.');
    case 'texts':
      return fits(
        (value) =>
          isText(value) ||
          (Array.isArray(value) && value.length > 0 && value.every((item) => item !== '' && item !== null)),
        param.name === 'input' ? 'Write the text to embed.' : 'Write the text to go on from.',
      );
    case 'number':
      return fits(
        (value) =>
          typeof value === 'number' &&
          (!control.whole || Number.isInteger(value)) &&
          value >= (control.min ?? -Infinity) &&
          value <= (control.max ?? Infinity),
        numberWords(control),
      );
    case 'choice':
      return fits(isText, `One of ${control.options.join(', ')}.`);
    case 'switch':
      return fits((value) => typeof value === 'boolean', 'true or false.');
    case 'strings':
      return judged((value) => stringsProblems(value, control.most));
    case 'pairs':
      return judged(pairsProblems);
    case 'thinking':
      return judged(thinkingProblems);
    case 'format':
      return judged((value) => formatProblems(formatStyle(param.name), value).map(worded));
    case 'tools':
      return judged((value) => toolsProblems(shape, value));
    case 'tool-choice':
      return fits(
        (value) => readToolChoice(value) !== null || isMembers(value),
        'Choose how tools may be used, or leave it empty.',
      );
    case 'turns':
      return judged((value) => turnProblems(shape.turns ?? 'messages', value));
  }
}

function toolsProblems(shape: Shape, value: Json) {
  if (typeof value === 'string') return [{ path: [], message: 'Not valid JSON yet.' }];
  if (!Array.isArray(value)) return [{ path: [], message: 'A list of tools.' }];
  return value.flatMap((tool, n) =>
    toolFacts(shape.tools ?? 'either', tool).problems.map((problem) => ({
      path: [n],
      message: `Tool ${n + 1}: ${worded(problem).message}`,
    })),
  );
}

function worded({ path, message }: { path: string; message: string }) {
  return { path: [], message: path === '' ? sentence(message) : `\`${path}\` ${message}` };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function bodySchema(shape: Shape) {
  const names = [...new Set(shape.params.map(({ name }) => name))];
  const members = names.map((name) => [name, memberSchema(shape, name)] as const);
  return z.looseObject(Object.fromEntries(members));
}

function memberSchema(shape: Shape, name: string) {
  const own = shape.params.filter((param) => param.name === name);
  const parts = own.filter((param) => param.member !== undefined);
  const [only] = own;
  if (parts.length === 0 && only) return valueSchema(shape, only);
  const inner = parts.map((param) => [param.member ?? '', valueSchema(shape, param)] as const);
  return z.optional(z.nullable(z.looseObject(Object.fromEntries(inner))));
}

/** One schema for each shape a line can have. Presence and what concerns several parameters stands in the rules. */
export const bodySchemas = Object.fromEntries(
  Object.values(shapes).map((shape) => [shape.name, bodySchema(shape)]),
) as Record<ShapeName, ReturnType<typeof bodySchema>>;
