import { useState } from 'react';
import type { Draft } from '#lib/model/draft';
import { headersFor, type Target } from './outgoing.ts';

/** Where the batch is to go: a connection, and behind a gateway one of its ways. */
export function useTarget(targets: Target[], draft: Draft | null, lately: string | null) {
  const [connection, setConnection] = useState(draft ? draft.connectionId : startAt(targets, lately));
  /** By connection: what was chosen for one gateway says nothing about another. */
  const [routes, setRoutes] = useState(routesIn(draft));
  const target = targets.find(({ id }) => id === connection) ?? null;
  const route = (target && routes[target.id]) ?? null;
  return {
    connection,
    setConnection,
    target,
    route,
    take(theirs: Draft) {
      setConnection(theirs.connectionId);
      setRoutes(routesIn(theirs));
    },
    setRoute: (provider: string) => target && setRoutes({ ...routes, [target.id]: provider }),
    where: target && { connection: target.id, ...headersFor(target, route) },
  };
}

/** What a draft says of its own gateway. */
export function routesIn(draft: Pick<Draft, 'connectionId' | 'route'> | null): Record<string, string> {
  return draft?.connectionId && draft.route !== null ? { [draft.connectionId]: draft.route } : {};
}

/** The one used last, where it still works; else the first that does. */
export function startAt(targets: Pick<Target, 'id' | 'locked'>[], lately: string | null): string | null {
  const ready = targets.filter(({ locked }) => locked === null);
  return (ready.find(({ id }) => id === lately) ?? ready[0] ?? targets[0])?.id ?? null;
}
