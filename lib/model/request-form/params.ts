/** What a person works a parameter with. Limits stand here once: for the control, its help and the schema. */
export type Control =
  | { kind: 'model' | 'pairs' | 'thinking' | 'format' | 'tools' | 'tool-choice' | 'turns' | 'texts' }
  | { kind: 'text'; placeholder: string }
  | { kind: 'number'; whole?: true; min?: number; max?: number }
  | { kind: 'choice'; options: readonly string[] }
  | { kind: 'switch' }
  | { kind: 'strings'; most: number | null };

export type Group = 'request' | 'sampling' | 'tools' | 'output' | 'metadata';

export type Param = {
  /** The member of the body it is, or the one it stands in. */
  name: string;
  /** For `reasoning.effort` and its like: the member inside. */
  member?: string;
  label: string;
  group: Group;
  control: Control;
  help: string;
  /** The provider's page shows it as `null`. */
  nullable?: true;
  required?: true;
  /** Belongs to each request and never to the defaults. */
  perRequest?: true;
};

export const model: Param = {
  name: 'model',
  label: 'Model',
  group: 'request',
  control: { kind: 'model' },
  help: '',
  required: true,
};

export const maxTokens: Param = {
  name: 'max_tokens',
  label: 'max_tokens',
  group: 'request',
  control: { kind: 'number', whole: true, min: 1 },
  help: 'The longest answer, in tokens.',
};

export const turns = (name: 'messages' | 'input'): Param => ({
  name,
  label: 'Message',
  group: 'request',
  control: { kind: 'turns' },
  help: '',
  required: true,
  perRequest: true,
});

export const system = (name: 'system' | 'instructions'): Param => ({
  name,
  label: 'System',
  group: 'request',
  control: { kind: 'text', placeholder: 'How the model should behave' },
  help: '',
});

export const temperature = (max: 1 | 2): Param => ({
  name: 'temperature',
  label: 'temperature',
  group: 'request',
  control: { kind: 'number', min: 0, max },
  help: `0 for the likeliest words, up to ${max} for more varied ones.`,
});

export const topP: Param = {
  name: 'top_p',
  label: 'top_p',
  group: 'sampling',
  control: { kind: 'number', min: 0, max: 1 },
  help: 'Only the likeliest words that together reach this share. Set it or temperature, not both.',
};

export const topK: Param = {
  name: 'top_k',
  label: 'top_k',
  group: 'sampling',
  control: { kind: 'number', whole: true, min: 0 },
  help: 'Only this many of the likeliest words.',
};

export const stop = (name: 'stop' | 'stop_sequences', most: number | null): Param => ({
  name,
  label: name,
  group: 'sampling',
  control: { kind: 'strings', most },
  help: `The answer ends before any of these.${most === null ? '' : ` At most ${most}.`}`,
});

export const penalty = (name: 'frequency_penalty' | 'presence_penalty'): Param => ({
  name,
  label: name,
  group: 'sampling',
  control: { kind: 'number', min: -2, max: 2 },
  help: name === 'frequency_penalty' ? 'Above 0: fewer repeated words.' : 'Above 0: more new subjects.',
});

export const seed: Param = {
  name: 'seed',
  label: 'seed',
  group: 'sampling',
  control: { kind: 'number', whole: true },
  help: 'The same number asks for the same answer, as far as the provider can.',
};

export const metadata = explained('metadata', 'metadata', { kind: 'pairs' });

export const sixteenPairs =
  'Up to 16 pairs that come back with the batch; names up to 64 characters, values up to 512.';

export const tools = explained('tools', 'tools', { kind: 'tools' });

export const toolChoice: Param = {
  name: 'tool_choice',
  label: 'tool_choice',
  group: 'tools',
  control: { kind: 'tool-choice' },
  help: 'Whether the model may, must or must not use a tool.',
};

export const parallelToolCalls: Param = {
  name: 'parallel_tool_calls',
  label: 'parallel_tool_calls',
  group: 'tools',
  control: { kind: 'switch' },
  help: 'Whether one answer may call several tools.',
};

export const thinking = explained('thinking', 'output', { kind: 'thinking' });

export const format = (name: string, member?: string): Param => ({
  name,
  member,
  label: member ? `${name}.${member}` : name,
  group: 'output',
  control: { kind: 'format' },
  help: 'Free text, any JSON, or JSON that fits a schema.',
});

export const effort = (options: readonly string[], name: string, member?: string): Param => ({
  name,
  member,
  label: member ? `${name}.${member}` : name,
  group: 'output',
  control: { kind: 'choice', options },
  help: 'How long the model may reason before it answers.',
});

export const verbosity = (name: string, member?: string): Param => ({
  name,
  member,
  label: member ? `${name}.${member}` : name,
  group: 'output',
  control: { kind: 'choice', options: ['low', 'medium', 'high'] },
  help: 'How much it says.',
});

/** What each provider says in its own words. */
function explained(name: string, group: Group, control: Control): (help: string) => Param {
  return (help) => ({ name, label: name, group, control, help });
}
