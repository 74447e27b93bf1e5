'use client';
import { useEffect, useState } from 'react';
import type { Batch } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { wordsOf } from './phase-words.ts';

export type Notice = { on: boolean; reason: string | null; toggle: () => void };

/** A notification of the browser's own when the batch is over, while its page is open somewhere. */
export function useNotice(batch: Batch): Notice {
  const [on, setOn] = useState(false);
  const [refused, setRefused] = useState(false);
  const over = isOver(batch.phase);
  const { word } = wordsOf(batch);
  const { name, id, counts } = batch;

  useEffect(() => {
    if (!on || !over) return;
    setOn(false);
    const body = `${counts.succeeded} of ${counts.total} succeeded`;
    try {
      const told = new Notification(`${name}: ${word}`, { body, tag: id });
      told.onclick = () => window.focus();
    } catch {
      // Some browsers on phones allow it and then have none for pages.
      setRefused(true);
    }
  }, [on, over, name, word, id, counts]);

  async function toggle() {
    if (on) return setOn(false);
    if (typeof Notification === 'undefined') return setRefused(true);
    const answer = await Notification.requestPermission();
    if (answer === 'granted') setOn(true);
    else setRefused(true);
  }

  const reason = refused ? 'This browser does not let Batchdeck notify you. Allow it in its settings.' : null;
  return { on, reason, toggle };
}
