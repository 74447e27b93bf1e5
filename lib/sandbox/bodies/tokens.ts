import 'server-only';
import type { Message, SandboxRequestLine } from '#lib/sandbox/models/reply';
import { promptTokens, tokensIn } from '#lib/sandbox/models/tokens';

/** Made-up tokens of a made-up answer; reasoning is part of the output. */
export type Tokens = { input: number; output: number; reasoning: number };

export function countTokens(request: SandboxRequestLine, message: Message): Tokens {
  const reasoning = tokensIn(String(message.reasoning_content ?? ''));
  const output = reasoning + tokensIn(JSON.stringify([message.content, message.tool_calls]));
  return { input: promptTokens(request.params), output, reasoning };
}
