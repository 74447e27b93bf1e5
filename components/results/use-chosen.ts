import { useCallback, useMemo, useState } from 'react';

/** Which rows are chosen, by custom_id. They stay chosen while the table shows others. */
export type Chosen = {
  ids: ReadonlySet<string>;
  toggle: (customId: string) => void;
  clear: () => void;
};

export function useChosen(): Chosen {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((customId: string) => {
    setIds((before) => {
      const after = new Set(before);
      if (!after.delete(customId)) after.add(customId);
      return after;
    });
  }, []);
  const clear = useCallback(() => setIds(new Set()), []);
  return useMemo(() => ({ ids, toggle, clear }), [ids, toggle, clear]);
}
