import { estimateTokenCount } from 'tokenx';
import type { CheckedForm, FormFinding } from '#lib/model/request-form/check';
import { composeLine, requestParams } from '#lib/model/request-form/compose';
import type { BatchForm, FormRequest, ShapeName, Sheet } from '#lib/model/request-form/form';
import { shapes } from '#lib/model/request-form/shapes';
import type { Open } from '#lib/model/request-form/standing';
import { promptText } from '#lib/model/request-form/words';
import type { Outgoing } from './outgoing.ts';

export function outgoingForm(form: BatchForm, checked: CheckedForm): Outgoing {
  const models = form.requests.map((request) => requestParams(form, request).model);
  return {
    requests: form.requests.length,
    errors: checked.errors,
    warnings: checked.warnings,
    models: [...new Set(models)].filter((model) => typeof model === 'string'),
    bytes: bytesOf(form),
    tokens: tokensOf(form),
    dialect: shapes[form.shape].url === null ? 'params' : 'openai',
    reason: firstProblem(form, checked),
  };
}

/** Nothing is changed in place: what was reckoned of a request holds while it and the defaults are the same. */
const known = new WeakMap<
  FormRequest,
  { defaults: Sheet; shape: ShapeName; bytes: number; tokens: number }
>();

function reckon(form: BatchForm, request: FormRequest) {
  const before = known.get(request);
  if (before && before.defaults === form.defaults && before.shape === form.shape) return before;
  const bytes = new TextEncoder().encode(composeLine(form, request)).length + 1;
  const tokens = estimateTokenCount(promptText(form.defaults, request));
  const made = { defaults: form.defaults, shape: form.shape, bytes, tokens };
  known.set(request, made);
  return made;
}

function bytesOf(form: BatchForm): number {
  return form.requests.reduce((sum, request) => sum + reckon(form, request).bytes, 0);
}

/** About how many tokens go in, and how many may come out where every request says so. */
function tokensOf(form: BatchForm): Outgoing['tokens'] {
  let [input, output]: [number, number | null] = [0, 0];
  for (const request of form.requests) {
    input += reckon(form, request).tokens;
    const params = requestParams(form, request);
    const most = params.max_tokens ?? params.max_completion_tokens ?? params.max_output_tokens;
    output = typeof most === 'number' && output !== null ? output + most : null;
  }
  return { input, output: form.shape === 'embeddings' ? 0 : output };
}

/** The first thing to mend, in the order of the list. */
function firstProblem(form: BatchForm, checked: CheckedForm): string | null {
  const [problem] = problemsOf(form, checked);
  if (form.requests.length === 0) return 'Add a request.';
  return problem?.severity === 'error' ? `${problem.where}, ${problem.param}: ${problem.message}` : null;
}

export type Problem = FormFinding & { where: string; open: Open };

/** All findings, each with where it stands: what is wrong before what is worth a note, the defaults before the rest. */
export function problemsOf(form: BatchForm, { defaults, byRequest }: CheckedForm): Problem[] {
  const shared = defaults.map((finding): Problem => ({ ...finding, where: 'Defaults', open: 'defaults' }));
  const own = form.requests.flatMap(({ id }, n) =>
    (byRequest.get(id) ?? []).map(
      (finding): Problem => ({ ...finding, where: `Request ${n + 1}`, open: [id] }),
    ),
  );
  const all = [...shared, ...own];
  return [
    ...all.filter(({ severity }) => severity === 'error'),
    ...all.filter(({ severity }) => severity === 'warning'),
  ];
}
