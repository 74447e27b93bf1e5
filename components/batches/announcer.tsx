'use client';
import { useEffect, useRef, useState } from 'react';
import type { Batch } from '#lib/model/batch';
import { wordsOf } from './phase-words.ts';
import { announcement, titleOf } from './status-words.ts';

/** Says changes aloud and keeps the title of the page true. */
export function Announcer({ batch }: { batch: Batch }) {
  const before = useRef(batch);
  const [said, setSaid] = useState('');
  const { word } = wordsOf(batch);
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
