import 'server-only';
import { Worker } from 'node:worker_threads';
import { createLineSplitter, type Line } from '#lib/jsonl/split-lines';
import { createValidator, type Summary } from '#lib/jsonl/validate';

/** Judges the bytes of one file as they come. A refused upload must `stop` it. */
export type Judge = {
  push(bytes: Uint8Array): Promise<void>;
  finish(): Promise<Summary>;
  stop(): void;
};

const fewBytes = 256 * 1024;
const mostOnTheWay = 8;

/** A small file is judged at once; a larger one in a thread, where a hostile line holds nobody up. */
export function createJudge(): Judge {
  const early = new Uint8Array(fewBytes);
  let filled = 0;
  let thread: Judge | null = null;
  return {
    async push(bytes) {
      if (!thread && filled + bytes.length <= fewBytes) {
        early.set(bytes, filled);
        filled += bytes.length;
        return;
      }
      if (!thread) {
        thread = startThread();
        await thread.push(early.subarray(0, filled));
      }
      await thread.push(bytes);
    },
    finish: async () => thread?.finish() ?? judgeHere(early.subarray(0, filled)),
    stop: () => thread?.stop(),
  };
}

function judgeHere(bytes: Uint8Array): Summary {
  const splitter = createLineSplitter();
  const validator = createValidator();
  const onLine = (line: Line) => validator.line(line.bytes, line.line, line.offset);
  splitter.push(bytes, onLine);
  splitter.end(onLine);
  return validator.finish();
}

function startThread(): Judge {
  const worker = new Worker(new URL('./judge-worker.ts', import.meta.url));
  const state: { onTheWay: number; summary: Summary | null; failure: Error | null } = {
    onTheWay: 0,
    summary: null,
    failure: null,
  };
  let changed = () => {};
  worker.on('message', (said: Summary | null) => {
    if (said) state.summary = said;
    else state.onTheWay--;
    changed();
  });
  worker.on('error', (error) => {
    state.failure = error instanceof Error ? error : new Error(String(error));
    changed();
  });
  worker.on('exit', () => {
    state.failure ??= new Error('The thread that judges a file ended.');
    changed();
  });
  const until = async (ready: () => boolean) => {
    while (!ready()) {
      if (state.failure) throw state.failure;
      await new Promise<void>((resolve) => {
        changed = resolve;
      });
    }
  };
  return {
    async push(bytes) {
      const own = new Uint8Array(bytes);
      state.onTheWay++;
      worker.postMessage(own, [own.buffer]);
      await until(() => state.onTheWay < mostOnTheWay);
    },
    async finish() {
      worker.postMessage(null);
      await until(() => state.summary !== null);
      await worker.terminate();
      if (!state.summary) throw new Error('The thread that judges a file said nothing.');
      return state.summary;
    },
    stop: () => void worker.terminate(),
  };
}
