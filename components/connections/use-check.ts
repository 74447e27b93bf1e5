import { useIsMutating, useQueryClient } from '@tanstack/react-query';
import { useToast } from '#components/ui/toast';
import type { Connection } from '#lib/model/connection';
import { checkConnection, connectionsKey } from './queries.ts';

type Named = Pick<Connection, 'id' | 'name'>;

/** Starts a check from anywhere; wherever the connection is shown it is seen to be under way. */
export function useStartCheck(): (connection: Named) => Promise<void> {
  const queries = useQueryClient();
  const toast = useToast();
  return async ({ id, name }) => {
    const check = queries.getMutationCache().build(queries, {
      mutationKey: checkKey(id),
      mutationFn: () => checkConnection(id),
      onSettled: () => queries.invalidateQueries({ queryKey: connectionsKey }),
    });
    try {
      const { kind, message } = await check.execute(undefined);
      toast({ title: `${name}: ${message}`, tone: kind === 'ready' ? 'ok' : 'bad' });
    } catch (error) {
      toast({ title: error instanceof Error ? error.message : `${name} could not be checked.`, tone: 'bad' });
    }
  };
}

export function useIsChecking(id: string): boolean {
  return useIsMutating({ mutationKey: checkKey(id) }) > 0;
}

function checkKey(id: string): string[] {
  return [...connectionsKey, 'check', id];
}
