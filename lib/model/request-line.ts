import type { RequestForm } from './request-form.schema.ts';

/** A `params` line: what inline and Anthropic connections take as it is. Empty fields are left out. */
export function composeLine(form: RequestForm): string {
  const params: Record<string, unknown> = { model: form.model.trim() };
  if (form.maxTokens.trim() !== '') params.max_tokens = Number(form.maxTokens);
  if (form.system.trim() !== '') params.system = form.system;
  params.messages = [{ role: 'user', content: form.message }];
  if (form.temperature.trim() !== '') params.temperature = Number(form.temperature);
  if (form.stopSequences.length > 0) params.stop_sequences = form.stopSequences.map(({ text }) => text);
  if (form.metadata.length > 0) {
    // fromEntries defines rather than assigns: a pair named `__proto__` stays a pair.
    params.metadata = Object.fromEntries(form.metadata.map(({ key, value }) => [key.trim(), value]));
  }
  return JSON.stringify({ custom_id: form.customId, params });
}

export function composeLines(forms: readonly RequestForm[]): string {
  return forms.map((form) => `${composeLine(form)}\n`).join('');
}

export function emptyRequest(customId: string, model: string): RequestForm {
  return {
    customId,
    model,
    system: '',
    message: '',
    maxTokens: '1024',
    temperature: '',
    stopSequences: [],
    metadata: [],
  };
}

/** The first free id of the form `row-N`, counting on from how many there are; a copy of `a` is `a-copy`. */
export function freeCustomId(taken: readonly string[], like?: string): string {
  if (like) {
    const base = `${like}-copy`;
    if (!taken.includes(base)) return base;
    for (let n = 2; ; n++) if (!taken.includes(`${base}-${n}`)) return `${base}-${n}`;
  }
  for (let n = taken.length + 1; ; n++) if (!taken.includes(`row-${n}`)) return `row-${n}`;
}
