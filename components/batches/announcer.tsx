'use client';
import { useEffect, useRef, useState } from 'react';
import { type Batch, endedWell } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { wordsOf } from './phase-words.ts';
import { announcement, titleOf } from './status-words.ts';
import { useFavicon } from './use-favicon.ts';

/** Says changes aloud and keeps the title and the icon of the tab true. */
export function Announcer({ batch }: { batch: Batch }) {
  const before = useRef(batch);
  const [said, setSaid] = useState('');
  const { word } = wordsOf(batch);
  useFavicon(batch.progress, toneOf(batch));
  useEffect(() => {
    const words = announcement(before.current, batch, word);
    before.current = batch;
    if (words !== null) setSaid(words);
    document.title = titleOf(batch, word);
  }, [batch, word]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}

function toneOf(batch: Batch): Parameters<typeof useFavicon>[1] {
  if (batch.attention !== null) return 'asking';
  if (!isOver(batch.phase)) return 'working';
  if (endedWell(batch)) return 'good';
  return batch.counts.succeeded > 0 ? 'asking' : 'bad';
}
