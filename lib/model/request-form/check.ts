import { effective } from './compose.ts';
import type { BatchForm, Sheet } from './form.ts';
import type { Members } from './json.ts';
import { ruleProblems } from './rules.ts';
import { bodySchemas } from './schema.ts';
import { type Shape, shapes } from './shapes.ts';

export type FormFinding = {
  severity: 'error' | 'warning';
  /** The parameter it is about; `custom_id`, or `extra` for the field of that name. */
  param: string;
  /** Inside the parameter, where it is known: the turn, the pair. */
  path: PropertyKey[];
  message: string;
};

export type CheckedForm = {
  /** Of what all requests share: told once, not once a request. */
  defaults: FormFinding[];
  byRequest: Map<string, FormFinding[]>;
  errors: number;
  warnings: number;
};

export type FormRules = { customIdPattern: string | null };

const mostIdBytes = 256;

/** Everything that is wrong or worth a note, by the schema of the shape and the rules beside it. */
export function checkForm(form: BatchForm, rules: FormRules): CheckedForm {
  const shape = shapes[form.shape];
  const defaults = checkDefaults(shape, form.defaults);
  const byRequest = new Map<string, FormFinding[]>();
  const first = new Map<string, number>();
  const pattern = rules.customIdPattern === null ? null : new RegExp(rules.customIdPattern, 'u');
  let [errors, warnings] = count(defaults);
  form.requests.forEach((request, at) => {
    const findings = [
      ...idFindings(request.customId, first, at, pattern),
      ...checkRequest(shape, form.defaults, request),
    ];
    if (findings.length > 0) byRequest.set(request.id, findings);
    const [bad, noted] = count(findings);
    errors += bad;
    warnings += noted;
  });
  return { defaults, byRequest, errors, warnings };
}

/** What a request adds to the findings of its defaults. */
export function checkRequest(shape: Shape, defaults: Sheet, request: Sheet): FormFinding[] {
  const known = cached.get(request);
  if (known && known.shape === shape && known.defaults === defaults) return known.findings;
  const params = effective(defaults, request);
  const isOwn = (names: string[]) =>
    names.some((name) => !Object.hasOwn(defaults.own, name) || Object.hasOwn(request.own, name));
  const findings = [
    ...extraFinding(request),
    ...schemaFindings(shape, params).filter(({ param }) => isOwn([param])),
    ...ruleProblems(shape, params)
      .filter(({ of }) => isOwn(of))
      .map(asFinding),
  ];
  cached.set(request, { shape, defaults, findings });
  return findings;
}

/** Nothing is changed in place, so what was found for a sheet stays true of it. */
const cached = new WeakMap<Sheet, { shape: Shape; defaults: Sheet; findings: FormFinding[] }>();

export function checkDefaults(shape: Shape, defaults: Sheet): FormFinding[] {
  const there = (names: string[]) => names.every((name) => Object.hasOwn(defaults.own, name));
  return [
    ...extraFinding(defaults),
    ...schemaFindings(shape, defaults.own),
    ...ruleProblems(shape, defaults.own)
      .filter(({ of }) => there(of))
      .map(asFinding),
  ];
}

function schemaFindings(shape: Shape, params: Members): FormFinding[] {
  const parsed = bodySchemas[shape.name].safeParse(params);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path: [param, ...path], message }) => ({
    severity: 'error',
    param: String(param),
    path,
    message,
  }));
}

function asFinding({ severity, param, message }: ReturnType<typeof ruleProblems>[number]): FormFinding {
  return { severity, param, path: [], message };
}

function extraFinding({ extraText }: Sheet): FormFinding[] {
  if (extraText === null) return [];
  return [
    { severity: 'error', param: 'extra', path: [], message: 'The extra parameters are not valid JSON.' },
  ];
}

function idFindings(
  customId: string,
  first: Map<string, number>,
  at: number,
  pattern: RegExp | null,
): FormFinding[] {
  const say = (message: string): FormFinding[] => [
    { severity: 'error', param: 'custom_id', path: [], message },
  ];
  if (customId === '') return say('Every request needs a custom_id.');
  const other = first.get(customId);
  if (other === undefined) first.set(customId, at);
  else return say(`Request ${other + 1} already has this custom_id.`);
  if (!customId.isWellFormed() || customId.includes('\0'))
    return say('It holds a character that cannot be stored.');
  if (new TextEncoder().encode(customId).length > mostIdBytes) return say(`At most ${mostIdBytes} bytes.`);
  return pattern && !pattern.test(customId) ? say(`It must match ${pattern.source} here.`) : [];
}

function count(findings: FormFinding[]): [number, number] {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return [errors, findings.length - errors];
}
