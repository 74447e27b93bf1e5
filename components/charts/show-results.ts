import type { MouseEvent } from 'react';

/** Opens the results narrowed to this, without loading the page anew, and so that going back leads here again. */
export function resultsLink(filter: Record<string, string>) {
  const href = `?${new URLSearchParams(filter)}`;
  return {
    href,
    onClick(event: MouseEvent) {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      window.history.pushState(null, '', href);
    },
  };
}
