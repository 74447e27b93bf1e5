import { useState } from 'react';
import type { Draft } from '#lib/model/draft';
import { headersFor, type Target } from './outgoing.ts';

/** Where the batch is to go: a connection, and behind a gateway one of its ways. */
export function useTarget(targets: Target[], draft: Draft | null) {
  const ready = targets.find(({ locked }) => locked === null) ?? targets[0];
  const [connection, setConnection] = useState(draft ? draft.connectionId : (ready?.id ?? null));
  /** By connection: what was chosen for one gateway says nothing about another. */
  const [routes, setRoutes] = useState<Record<string, string>>({});
  const target = targets.find(({ id }) => id === connection) ?? null;
  const route = (target && routes[target.id]) ?? null;
  return {
    connection,
    setConnection,
    target,
    route,
    setRoute: (provider: string) => target && setRoutes({ ...routes, [target.id]: provider }),
    where: target && { connection: target.id, ...headersFor(target, route) },
  };
}
