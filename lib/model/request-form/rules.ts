import { isMembers, type Json, type Members, memberOf } from './json.ts';
import { isKnown, type Shape, shapes } from './shapes.ts';

/** What concerns presence or several parameters at once. `of` are the parameters it comes from. */
export type RuleProblem = {
  severity: 'error' | 'warning';
  param: string;
  of: string[];
  message: string;
};

export function ruleProblems(shape: Shape, params: Members): RuleProblem[] {
  return [
    ...missing(shape, params),
    ...nulls(shape, params),
    ...strangers(shape, params),
    ...thinkingRules(shape, params),
    ...toolRules(shape, params),
    ...otherRules(shape, params),
  ];
}

const wanted: Record<string, string> = {
  model: 'Choose a model.',
  messages: 'Write what the model should answer.',
  prompt: 'Write the text to go on from.',
  max_tokens: 'Say how long an answer may be.',
};

function missing(shape: Shape, params: Members): RuleProblem[] {
  return shape.params
    .filter(({ required, name }) => required && (params[name] === undefined || params[name] === null))
    .map(({ name, control }) => {
      const message =
        name === 'input' && control.kind === 'texts' ? 'Write the text to embed.' : wanted[name];
      return {
        severity: 'error',
        param: name,
        of: [name],
        message: message ?? 'Write what the model should answer.',
      };
    });
}

function nulls(shape: Shape, params: Members): RuleProblem[] {
  return shape.params
    .filter((param) => !param.nullable && !param.required && memberOf(params, param.name) === null)
    .map(({ name }) => note(name, [name], 'Sent as null, which the provider’s page does not show here.'));
}

/** What belongs to another endpoint is most likely a slip; what nobody here knows is the person's own wish. */
function strangers(shape: Shape, params: Members): RuleProblem[] {
  const strange = Object.keys(params).filter((name) => !isKnown(shape, name));
  return strange.flatMap((name): RuleProblem[] => {
    if (name === 'stream' && params.stream !== false && params.stream !== null) {
      return [fault(name, [name], 'A batch cannot stream. Remove `stream`.')];
    }
    const elsewhere = Object.values(shapes).some((other) => isKnown(other, name));
    return elsewhere
      ? [note(name, [name], `\`${name}\` is no parameter of ${shape.title} here. It is sent all the same.`)]
      : [];
  });
}

/** Anthropic's own rules. Its page-mates copy the parameters and need not keep the rules. */
function thinkingRules({ anthropicRules, turns }: Shape, params: Members): RuleProblem[] {
  const { thinking, temperature, top_k: topK } = params;
  if (anthropicRules === null || turns === null || !isMembers(thinking) || thinking.type !== 'enabled') {
    return [];
  }
  const severity = anthropicRules;
  const budget = Number(memberOf(thinking, 'budget_tokens'));
  const longest = memberOf(params, 'max_tokens');
  const found: RuleProblem[] = [];
  const add = (of: string[], message: string, how = severity) =>
    found.push({ severity: how, param: 'thinking', of: ['thinking', ...of], message });
  if (budget < 1024) add([], 'Anthropic wants a budget of at least 1,024 tokens.');
  if (typeof longest === 'number' && budget >= longest) {
    const words = `Anthropic wants a budget below max_tokens: ${budget} is not below ${longest}.`;
    add(['max_tokens'], words);
  }
  if (typeof temperature === 'number' && temperature !== 1) {
    add(['temperature'], 'Anthropic thinks at temperature 1 only.');
  }
  if (topK !== undefined && topK !== null) add(['top_k'], 'Anthropic does not think with top_k set.');
  return found;
}

function toolRules(shape: Shape, params: Members): RuleProblem[] {
  const { tools, tool_choice: choice } = params;
  const isEmpty = Array.isArray(tools) && tools.length === 0;
  const found: RuleProblem[] = [];
  if (isEmpty && shape.tools !== null) {
    const severity = shape.tools === 'either' ? 'warning' : 'error';
    const message = 'An empty list of tools. Some models refuse it; leave `tools` out instead.';
    found.push({ severity, param: 'tools', of: ['tools'], message });
  }
  const asks = choice !== undefined && choice !== null && choice !== 'none';
  if (asks && shape.tools !== null && (tools === undefined || isEmpty)) {
    found.push(note('tool_choice', ['tool_choice', 'tools'], 'There are no tools to choose from.'));
  }
  return found;
}

function otherRules(shape: Shape, params: Members): RuleProblem[] {
  const found: RuleProblem[] = [];
  const reasons = typeof params.model === 'string' && /(^|\/)(o\d|gpt-5)/.test(params.model);
  if (shape.name === 'chat' && reasons && typeof params.max_tokens === 'number') {
    const words = 'OpenAI’s reasoning models take max_completion_tokens in place of max_tokens.';
    found.push(note('max_tokens', ['max_tokens', 'model'], words));
  }
  if (isNumber(params.temperature) && isNumber(params.top_p) && shape.anthropicRules === 'error') {
    found.push(
      note('top_p', ['top_p', 'temperature'], 'Newer models of Anthropic take temperature or top_p.'),
    );
  }
  const { metadata } = params;
  if (shape.name === 'anthropic' && isMembers(metadata)) {
    const other = Object.keys(metadata).find((name) => name !== 'user_id');
    if (other !== undefined)
      found.push(fault('metadata', ['metadata'], 'Anthropic takes `user_id` here and nothing else.'));
  }
  return found;
}

function isNumber(value: Json | undefined): boolean {
  return typeof value === 'number';
}

function note(param: string, of: string[], message: string): RuleProblem {
  return { severity: 'warning', param, of, message };
}

function fault(param: string, of: string[], message: string): RuleProblem {
  return { ...note(param, of, message), severity: 'error' };
}
