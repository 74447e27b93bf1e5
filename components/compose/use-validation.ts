'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Summary } from '#lib/jsonl/validate';
import type { FromWorker } from './validate.worker.ts';

export type Validation = {
  state: 'idle' | 'checking' | 'done' | 'failed';
  progress: { bytes: number; total: number };
  /** Bytes a second so far, null before there is anything to go by. */
  rate: number | null;
  summary: Summary | null;
  sha256: string | null;
  error: string | null;
};

const idle: Validation = {
  state: 'idle',
  progress: { bytes: 0, total: 0 },
  rate: null,
  summary: null,
  sha256: null,
  error: null,
};

/** Judges a file in a worker, so that the page stays free however large it is. A new file ends the one before. */
export function useValidation() {
  const [validation, setValidation] = useState(idle);
  const running = useRef<Worker | null>(null);

  const stop = useCallback(() => {
    running.current?.terminate();
    running.current = null;
  }, []);
  useEffect(() => stop, [stop]);

  const check = useCallback(
    (file: File) => {
      stop();
      const worker = new Worker(new URL('./validate.worker.ts', import.meta.url), { type: 'module' });
      const started = performance.now();
      running.current = worker;
      setValidation({ ...idle, state: 'checking', progress: { bytes: 0, total: file.size } });
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (running.current !== worker) return;
        if (data.kind !== 'progress') stop();
        setValidation((before) => after(before, data, performance.now() - started));
      };
      worker.onerror = () => {
        if (running.current !== worker) return;
        stop();
        const message = 'The check could not start. Reload the page and try again.';
        setValidation((before) => ({ ...before, state: 'failed', error: message }));
      };
      worker.postMessage(file);
    },
    [stop],
  );

  const cancel = useCallback(() => {
    stop();
    setValidation(idle);
  }, [stop]);

  return { ...validation, check, cancel };
}

function after(before: Validation, said: FromWorker, ms: number): Validation {
  if (said.kind === 'failed') return { ...before, state: 'failed', error: said.message };
  if (said.kind === 'done') return { ...before, state: 'done', summary: said.summary, sha256: said.sha256 };
  const rate = ms > 0 ? (said.bytes / ms) * 1000 : null;
  return { ...before, progress: { ...before.progress, bytes: said.bytes }, rate };
}
