import { useQueryClient } from '@tanstack/react-query';
import { useToast } from '#components/ui/toast';
import type { Connection } from '#lib/model/connection';
import { connectionsKey } from './queries.ts';
import { useStartCheck } from './use-check.ts';

/** After a change: everything that shows it asks again, and what is not checked yet is checked. */
export function useSaved(): (connection: Connection, what: string) => Promise<void> {
  const queries = useQueryClient();
  const toast = useToast();
  const startCheck = useStartCheck();
  return async (connection, what) => {
    await queries.invalidateQueries({ queryKey: connectionsKey });
    toast({ title: `${connection.name} was ${what}` });
    if (connection.checked === null && connection.locked === null) startCheck(connection);
  };
}
