'use client';
import { ArrowDownUp } from 'lucide-react';
import { useDensity } from '#components/shell/theme';
import { Menu, MenuChoice, MenuLabel, MenuLine } from '#components/ui/menu';
import type { BatchSort } from '#lib/model/batch-sort';
import { addressOf, type ListFilter } from './list-filter.ts';

const orders: { sort: BatchSort; words: string }[] = [
  { sort: '-created', words: 'Newest first' },
  { sort: 'created', words: 'Oldest first' },
  { sort: '-changed', words: 'Last moved first' },
  { sort: '-finished', words: 'Last finished first' },
  { sort: 'due', words: 'Due soonest' },
  { sort: '-unanswered', words: 'Most without an answer' },
  { sort: '-cost', words: 'Dearest first' },
  { sort: 'name', words: 'By name' },
];

export function BatchListOrder({ filter }: { filter: ListFilter }) {
  const [density, setDensity] = useDensity();
  return (
    <Menu label="Order and density" icon={<ArrowDownUp aria-hidden />} iconOnly>
      <MenuLabel>Order</MenuLabel>
      {orders.map(({ sort, words }) => (
        <MenuChoice
          key={sort}
          checked={filter.sort === sort}
          onClick={() => window.history.replaceState(null, '', addressOf({ ...filter, sort }))}
        >
          {words}
        </MenuChoice>
      ))}
      <MenuLine />
      <MenuLabel>Rows</MenuLabel>
      {(['comfortable', 'compact'] as const).map((each) => (
        <MenuChoice key={each} checked={density === each} onClick={() => setDensity(each)}>
          {each === 'compact' ? 'Compact' : 'Comfortable'}
        </MenuChoice>
      ))}
    </Menu>
  );
}
