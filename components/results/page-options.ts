import { keepPreviousData } from '@tanstack/react-query';

/** So many rows are asked for at once. */
export const pageRows = 200;

/** The first page stands until another list has one. */
export const firstPage = { placeholderData: keepPreviousData };
/** What has gone out of sight is forgotten soon: all pages together would be the whole batch. */
export const laterPage = { gcTime: 10_000 };
