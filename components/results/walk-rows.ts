/** `j` and `k` go from row to row from anywhere on the page, the arrows inside the table; Enter is the link's own. */
export function walkRows(event: KeyboardEvent, table: HTMLElement): void {
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
  const target = event.target instanceof Element ? event.target : null;
  if (event.key.startsWith('Arrow') && !table.contains(target)) return;
  if (document.querySelector('dialog[open], [role="menu"]:popover-open')) return;
  if (target?.closest('input, textarea, select')) return;
  const links = [...table.querySelectorAll<HTMLElement>('[data-row]')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

export function rowHeight(): number {
  if (typeof document === 'undefined') return 44;
  return Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--row'), 10) || 44;
}
