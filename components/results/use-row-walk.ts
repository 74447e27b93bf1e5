import { type RefObject, useEffect, useRef } from 'react';

/** `j` and `k` go from row to row from anywhere on the page; inside the table the arrows do, and Home and End reach its ends. Enter is the link's own. */
export function useRowWalk(box: RefObject<HTMLElement | null>, total: number): void {
  /** Where the focus is to go as soon as that row has come. */
  const wanted = useRef<number | null>(null);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const table = box.current;
      if (!table || !isMeant(event, table)) return;
      const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
      if (step !== undefined) return goBy(step, event, table);
      if (event.key !== 'Home' && event.key !== 'End') return;
      event.preventDefault();
      wanted.current = event.key === 'Home' ? 0 : total - 1;
      table.scrollTop = event.key === 'Home' ? 0 : table.scrollHeight;
      focusWanted(table, wanted);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [box, total]);
  useEffect(() => {
    if (box.current) focusWanted(box.current, wanted);
  });
}

function goBy(step: number, event: KeyboardEvent, table: HTMLElement): void {
  const links = [...table.querySelectorAll<HTMLElement>('[data-row]')];
  const next = links[links.indexOf(document.activeElement as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

function focusWanted(table: HTMLElement, wanted: { current: number | null }): void {
  if (wanted.current === null) return;
  const link = table.querySelector<HTMLElement>(`[aria-rowindex="${wanted.current + 2}"] [data-row]`);
  if (!link) return;
  wanted.current = null;
  link.focus({ preventScroll: true });
}

function isMeant(event: KeyboardEvent, table: HTMLElement): boolean {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return false;
  const target = event.target instanceof Element ? event.target : null;
  if (!['j', 'k'].includes(event.key) && !table.contains(target)) return false;
  if (document.querySelector('dialog[open], [role="menu"]:popover-open')) return false;
  return !target?.closest('input, textarea, select');
}
