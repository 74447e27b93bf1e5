import { paths } from '#lib/paths';

export const views = ['needs-you', 'running', 'today', 'all'] as const;
export type View = (typeof views)[number];
export type ViewCounts = Record<View, number>;

export const viewWords: Record<View, string> = {
  'needs-you': 'Needs you',
  running: 'Running',
  today: 'Finished today',
  all: 'All',
};

/** What the list is narrowed to. It lives in the address, so that it can be shared and gone back to. */
export type ListFilter = { view: View; q: string };

export function filterFrom(get: (name: string) => string | null | undefined): ListFilter {
  const view = views.find((known) => known === get('view')) ?? 'all';
  return { view, q: (get('q') ?? '').trim().slice(0, 200) };
}

export function addressOf({ view, q }: ListFilter): string {
  const search = new URLSearchParams();
  if (view !== 'all') search.set('view', view);
  if (q) search.set('q', q);
  const text = search.toString();
  return text ? `${paths.batches}?${text}` : paths.batches;
}
