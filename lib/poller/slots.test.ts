import { expect, test } from 'vitest';
import { openSlots } from './slots.ts';

test('a connection whose places are taken takes none of the others', () => {
  const slots = openSlots(3);
  expect(slots.room()).toEqual({ full: [], most: 3 });
  for (let i = 0; i < 3; i++) slots.take('hanging');
  expect(slots.room()).toEqual({ full: ['hanging'], most: 3 });
  slots.take('other');
  expect(slots.room()).toEqual({ full: ['hanging'], most: 2 });
  slots.free('hanging');
  expect(slots.room()).toEqual({ full: [], most: 1 });
});
