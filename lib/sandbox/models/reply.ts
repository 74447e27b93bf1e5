import 'server-only';
import type { Loose } from '#lib/model/unknown';
import type { Course } from '#lib/sandbox/course';

export type SandboxRequestLine = { custom_id: string; params: Loose };

export type Message = {
  role: 'assistant';
  content: string | null;
  refusal?: string | null;
  reasoning_content?: string;
  tool_calls?: { id: string; type: 'function'; function: { name: string; arguments: string } }[];
};

/** Three ways to fail are real ones: an error instead of a response, as object or bare words, and a response with a bad status. */
export type Reply =
  | { kind: 'answer'; message: Message; finishReason: string }
  | { kind: 'refused'; status: number; error: object }
  | { kind: 'error'; error: object | string }
  | { kind: 'expired' }
  | { kind: 'cancelled' }
  | { kind: 'silent' };

/** Known before the answer is made, so that counts need no second reading. */
export type Fate = 'answered' | 'failed' | 'expired' | 'silent';

export type Model = {
  course: Course;
  fate(customId: string, position: number): Fate;
  reply(request: SandboxRequestLine, position: number): Reply;
};
