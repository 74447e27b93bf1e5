import { expect, it } from 'vitest';
import { columnsIn, toggledColumn, usualColumns } from './column-names.ts';

it('shows what is usual until somebody chooses', () => {
  expect(columnsIn(null)).toEqual(usualColumns);
  for (const nonsense of ['', 'x,y', 'customId']) expect(columnsIn(nonsense)).toEqual(usualColumns);
});

it('always names the request, and keeps the order of the columns', () => {
  expect(columnsIn('error,answer')).toEqual(['customId', 'answer', 'error']);
});

it('adds a column and takes it away again, until the address says nothing', () => {
  const more = toggledColumn(columnsIn(null), 'reasoning');
  expect(columnsIn(more)).toEqual([...usualColumns, 'reasoning']);
  expect(toggledColumn(columnsIn(more), 'reasoning')).toBeNull();
});
