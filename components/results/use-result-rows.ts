'use client';
import type { ResultRow } from '#lib/model/result';
import type { ShownFilter } from './shown-filter.ts';
import { pageQuery, type ResultPage, type Source } from './source.ts';
import { type PagedRows, usePagedRows } from './use-paged-rows.ts';

export type ResultRows = PagedRows<ResultRow>;

export function useResultRows(source: Source, filter: ShownFilter, fields: string[]): ResultRows {
  return usePagedRows<ResultRow, ResultPage>((page) => pageQuery(source, filter, fields, page));
}
