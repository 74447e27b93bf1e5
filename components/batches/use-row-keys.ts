'use client';
import { type RefObject, useEffect, useRef } from 'react';

/** `j` and `k` walk the rows by moving the focus, so that Enter opens what is focused; `x` selects it. */
export function useRowKeys(list: RefObject<HTMLElement | null>, onSelect: (id: string) => void): void {
  const select = useRef(onSelect);
  select.current = onSelect;
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!['j', 'k', 'x'].includes(event.key)) return;
      if (document.querySelector('dialog[open], [role="menu"]:popover-open')) return;
      if (event.target instanceof Element && event.target.closest('input, textarea, select')) return;
      const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
      const at = rows.findIndex((row) => row.closest('li')?.contains(document.activeElement));
      if (event.key === 'x') {
        const id = rows[at]?.dataset.row;
        if (id) select.current(id);
        return;
      }
      const next = rows[Math.min(rows.length - 1, Math.max(0, at + (event.key === 'j' ? 1 : -1)))];
      next?.focus();
      next?.scrollIntoView({ block: 'nearest' });
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [list]);
}
