/** What the list can be ordered by; with a minus the largest or newest comes first. */
export const sortFields = ['created', 'finished', 'changed', 'due', 'name', 'cost', 'unanswered'] as const;
export type SortField = (typeof sortFields)[number];
export type BatchSort = SortField | `-${SortField}`;
export const batchSorts = sortFields.flatMap((field): BatchSort[] => [field, `-${field}`]);
