import { type BatchSort, sortFields } from '#lib/model/batch-sort';
import { type Phase, phases } from '#lib/model/phase';
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

/** What narrows by a choice of several; each is a word of the address. */
export const facets = ['phase', 'connection', 'tag', 'owner'] as const;
export type Facet = (typeof facets)[number];

/** What the list is narrowed to. It lives in the address, so that it can be shared and gone back to. */
export type ListFilter = {
  view: View;
  q: string;
  sort: BatchSort;
  phase: Phase[];
  connection: string[];
  tag: string[];
  owner: string[];
};

export const newestFirst: BatchSort = '-created';
export const everything: ListFilter = {
  view: 'all',
  q: '',
  sort: newestFirst,
  phase: [],
  connection: [],
  tag: [],
  owner: [],
};

export function filterFrom(get: (name: string) => string | null | undefined): ListFilter {
  const list = (name: Facet) => (get(name) ?? '').split(',').filter(Boolean).slice(0, 20);
  const sort = get('sort') ?? newestFirst;
  const field = sort.replace(/^-/, '');
  return {
    view: views.find((known) => known === get('view')) ?? 'all',
    q: (get('q') ?? '').trim().slice(0, 200),
    sort: sortFields.some((known) => known === field) ? (sort as BatchSort) : newestFirst,
    phase: list('phase').filter((word): word is Phase => phases.some((phase) => phase === word)),
    connection: list('connection'),
    tag: list('tag'),
    owner: list('owner'),
  };
}

/** The words of a filter that differ from showing everything. */
export function wordsOf(filter: ListFilter): Record<string, string> {
  const words: Record<string, string> = {};
  if (filter.view !== 'all') words.view = filter.view;
  for (const facet of facets) if (filter[facet].length > 0) words[facet] = filter[facet].join(',');
  if (filter.q) words.q = filter.q;
  return words;
}

export function addressOf(filter: ListFilter): string {
  const search = new URLSearchParams(wordsOf(filter));
  if (filter.sort !== newestFirst) search.set('sort', filter.sort);
  const text = search.toString();
  return text ? `${paths.batches}?${text}` : paths.batches;
}

/** With one choice more or one less. */
export function toggled(filter: ListFilter, facet: Facet, value: string): ListFilter {
  const chosen: string[] = filter[facet];
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  return { ...filter, [facet]: next };
}

export function isNarrowed(filter: ListFilter): boolean {
  return Object.keys(wordsOf(filter)).length > 0;
}
