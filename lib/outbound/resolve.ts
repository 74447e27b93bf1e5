import 'server-only';
import { lookup } from 'node:dns';
import type { Resolve } from './connect.ts';

type Done = Parameters<Resolve>[1];

/** The system's own resolver, which knows hosts files too. It blocks one of the four threads that files need as well. */
export const sharedResolve = resolveSharing((host, done) => lookup(host, { all: true }, done), 2);

/** Asks for a name once for all who wait for it, and for so many names at once: a dead name server stalls no disk. */
export function resolveSharing(ask: Resolve, most: number): Resolve {
  const waiting = new Map<string, Done[]>();
  const queue: string[] = [];
  let asking = 0;

  function next(): void {
    const host = asking < most ? queue.shift() : undefined;
    if (host === undefined) return;
    asking++;
    ask(host, (error, found) => {
      asking--;
      const done = waiting.get(host) ?? [];
      waiting.delete(host);
      next();
      for (const one of done) one(error, found);
    });
  }

  return (host, done) => {
    const others = waiting.get(host);
    if (others) return void others.push(done);
    waiting.set(host, [done]);
    queue.push(host);
    next();
  };
}
