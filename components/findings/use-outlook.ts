'use client';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Repair, RepairReport } from '#lib/model/repair';
import type { FileSource } from './file-source.ts';

export type Outlook = { report: RepairReport | null; bytes: number; error: string | null };

const nothingYet: Outlook = { report: null, bytes: 0, error: null };
const pauseMs = 300;

/** What a repair would change, worked out anew a moment after it was changed. */
export function useOutlook(repair: Repair | null, source: FileSource): Outlook {
  const [outlook, setOutlook] = useState(nothingYet);
  const order = repair === null ? null : JSON.stringify(repair);
  const look = useEffectEvent(async (text: string, signal: AbortSignal) => {
    setOutlook(nothingYet);
    try {
      const onProgress = (bytes: number) => !signal.aborted && setOutlook({ ...nothingYet, bytes });
      const report = await source.preview([JSON.parse(text) as Repair], { signal, onProgress });
      if (!signal.aborted) setOutlook({ ...nothingYet, report });
    } catch (error) {
      if (signal.aborted) return;
      setOutlook({ ...nothingYet, error: error instanceof Error ? error.message : 'It cannot be told.' });
    }
  });
  useEffect(() => {
    if (order === null) return;
    const stop = new AbortController();
    const timer = setTimeout(() => void look(order, stop.signal), pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [order]);
  return outlook;
}
