import { contextOf } from '#lib/auth/context-of';
import { enterSandbox, keyOnly } from '#lib/sandbox/door';

async function answer(request: Request): Promise<Response> {
  const { actor, sandbox } = await contextOf(keyOnly(request));
  return enterSandbox(sandbox, request, actor.kind === 'token');
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
