import { availableParallelism } from 'node:os';
import { whyNotFoundOut } from './fails-in.ts';
import { promises } from './promises.ts';

type Say = (head: string, words: string) => void;

const atOnce = availableParallelism();

/** Breaks every promise in every way that is listed, and asks the test that stands for it. Answers how many were not found out. */
export async function findOutBroken(say: Say, only: string | undefined): Promise<number> {
  let failed = 0;
  const waiting = promises.flatMap(({ broken }) => broken).filter(({ name }) => name.includes(only ?? ''));
  const one = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const why = await whyNotFoundOut(next);
      if (why !== null) failed += 1;
      say(
        why === null ? 'found out' : 'NOT FOUND OUT',
        [`a product that ${next.name}`, why ?? []].flat().join(': '),
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return failed;
}
