import { composeLine } from '#lib/model/request-form/compose';
import { replaceRequest } from '#lib/model/request-form/edit';
import { type BatchForm, type FormRequest, newRequest } from '#lib/model/request-form/form';
import type { Json } from '#lib/model/request-form/json';
import { readDefaults, readLine } from '#lib/model/request-form/read';
import { shapes } from '#lib/model/request-form/shapes';
import type { Open } from '#lib/model/request-form/standing';
import { jsonProblem } from './json-problem.ts';

export type TakenJson = { form: BatchForm } | { problem: string };

/** The form as the text has it, or why it cannot be taken. */
export function takeJson(form: BatchForm, shown: Open | 'all', text: string): TakenJson {
  if (shown === 'all') return takeLines(form, text);
  const problem = jsonProblem(text);
  if (problem) return { problem };
  const value = JSON.parse(text) as Json;
  if (shown === 'defaults') {
    const read = readDefaults(shapes[form.shape], value);
    return 'problem' in read
      ? { problem: sentence(read.problem) }
      : { form: { ...form, defaults: read.sheet } };
  }
  const [id = ''] = shown;
  const read = readLine(form, value);
  return 'problem' in read
    ? { problem: sentence(read.problem) }
    : { form: replaceRequest(form, id, read.customId, read.sheet) };
}

/** Line by line, each staying the request it was where it stands. */
function takeLines(form: BatchForm, text: string): TakenJson {
  const requests: FormRequest[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const before = form.requests[requests.length];
    if (before && before.extraText === null && line === composeLine(form, before)) {
      requests.push(before);
      continue;
    }
    const broken = jsonProblem(line);
    if (broken) return { problem: broken.replace(/^Line 1,/, `Line ${at + 1},`) };
    const read = readLine(form, JSON.parse(line) as Json);
    if ('problem' in read) return { problem: `Line ${at + 1}: ${read.problem}` };
    const request = { ...newRequest(read.customId), ...read.sheet };
    requests.push(before ? { ...request, id: before.id } : request);
  }
  return { form: { ...form, requests } };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
