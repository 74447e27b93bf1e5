'use client';
import { useEffect, useEffectEvent, useState } from 'react';
import { useUrlParam } from '#components/shell/use-url-param';
import type { Draft } from '#lib/model/draft';
import { createDraftKeeper, type DraftContent, type DraftStep } from './draft-keeper.ts';
import { draftStore } from './queries.ts';

const lookMs = 10_000;
/** A browser lets go of larger bodies when the page goes away. */
const keepaliveBytes = 60_000;

/** Ties the keeper of a draft to the page: its address, its coming and going, and others' saves. */
export function useDraft({
  initial,
  content,
  enabled,
  onTheirs,
}: {
  initial: Draft | null;
  content: DraftContent;
  enabled: boolean;
  onTheirs: (draft: Draft) => void;
}) {
  const [address, setAddress] = useUrlParam('draft');
  const [step, setStep] = useState<DraftStep>({ step: initial ? 'saved' : 'none' });
  const theirs = useEffectEvent(onTheirs);
  const addressed = useEffectEvent(setAddress);
  const [keeper] = useState(() =>
    createDraftKeeper(draftStore, initial, content, {
      onStep: setStep,
      onTheirs: (draft) => theirs(draft),
      onAddress: (id) => addressed(id),
    }),
  );

  useEffect(() => {
    if (enabled) keeper.update(content);
  }, [keeper, enabled, content]);

  const begin = useEffectEvent(() => {
    if (address && !initial) void keeper.find(address, [0, 800]);
  });
  const isLarge = useEffectEvent(() => new Blob([JSON.stringify(content)]).size > keepaliveBytes);
  useEffect(() => {
    const look = () => void (document.hidden || keeper.look());
    const leave = () => void keeper.flush(!isLarge());
    const hide = () => document.hidden && leave();
    const warn = (event: BeforeUnloadEvent) => {
      if (!keeper.hasUnsaved()) return;
      leave();
      if (isLarge() || keeper.isTroubled()) event.preventDefault();
    };
    begin();
    const soon = setTimeout(look, 400);
    const often = setInterval(look, lookMs);
    window.addEventListener('focus', look);
    window.addEventListener('pagehide', leave);
    window.addEventListener('beforeunload', warn);
    document.addEventListener('visibilitychange', hide);
    return () => {
      clearTimeout(soon);
      clearInterval(often);
      window.removeEventListener('focus', look);
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('beforeunload', warn);
      document.removeEventListener('visibilitychange', hide);
      leave();
    };
  }, [keeper]);

  return { step, keeper };
}
