import { startDemoServer } from './demo-server.mjs';
import { showStates } from './demo-states.mjs';
import { walkQuickstart } from './demo-walk.mjs';

/** A server on a throw-away folder, one batch told step by step, and one left behind in every state. Answers the exit code. */
export async function showDemo(node) {
  const server = await startDemoServer(node);
  try {
    await walkQuickstart(server.api, say);
    await showStates(server.api, server.url, say);
    say('', `${server.url}/sign-in   ${server.person.email}   ${server.person.password}`);
    say('All of it is gone when this ends: Ctrl-C.');
  } catch (error) {
    if (server.isEnding()) return server.ended;
    server.end();
    await server.ended;
    throw error;
  }
  return server.ended;
}

function say(...lines) {
  for (const line of lines) process.stdout.write(`${line}\n`);
}
