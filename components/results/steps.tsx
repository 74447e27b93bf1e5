'use client';
import { useEffect, useEffectEvent } from 'react';
import { Button } from '#components/ui/button';

type Ways = { previous: number | null; next: number | null } | undefined;

/** `j` and `k` go on to the next and back, also where the focus is in no list. */
export function useStepKeys(ways: Ways, onMove: (to: number) => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const to = { j: ways?.next, k: ways?.previous }[event.key];
    if (to != null) onMove(to);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

/** The same by hand; at an end the button says that it is one. */
export function StepButtons({ ways, onMove }: { ways: Ways; onMove: (to: number) => void }) {
  const move = (to: number | null | undefined) => (to == null ? undefined : () => onMove(to));
  return (
    <>
      <Button reason={ways?.previous == null && 'This is the first.'} onClick={move(ways?.previous)}>
        Previous
      </Button>
      <Button reason={ways?.next == null && 'This is the last.'} onClick={move(ways?.next)}>
        Next
      </Button>
    </>
  );
}
