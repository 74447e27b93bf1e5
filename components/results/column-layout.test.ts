import { expect, it } from 'vitest';
import { fieldSort } from '#lib/model/answer-field';
import {
  columnsIn,
  fieldsIn,
  moved,
  pinned,
  resized,
  toggled,
  usualColumns,
  wordOf,
} from './column-layout.ts';

const named = (word: string | null) => columnsIn(word).map(({ id }) => id);
const usual = usualColumns.map(({ id }) => id);

it('shows what is usual until somebody chooses', () => {
  expect(columnsIn(null)).toEqual(usualColumns);
  for (const nonsense of ['', 'x,y', 'customId', ':::', '%', 'answer.a.b', 'request.a']) {
    expect(named(nonsense)).toEqual(usual);
  }
});

it('always names the request, keeps it in sight, and keeps the order it is given', () => {
  expect(named('error,answer')).toEqual(['customId', 'error', 'answer']);
  expect(named('error,customId,answer,error')).toEqual(['error', 'customId', 'answer']);
  expect(
    columnsIn('error')
      .filter((one) => one.pinned)
      .map(({ id }) => id),
  ).toEqual(['customId']);
});

it('adds a column where it usually stands and takes it away again, until the address says nothing', () => {
  const more = toggled(columnsIn(null), 'reasoning');
  expect(more.map(({ id }) => id)).toEqual([...usual, 'reasoning']);
  expect(toggled(toggled(more, 'model'), 'model')).toEqual(more);
  expect(wordOf(toggled(more, 'reasoning'))).toBeNull();
});

it.each(['score', '__proto__', 'a.b', 'x:9p,y', '<img src=x onerror=alert(1)>', '\u202e"\\ %&', ''])(
  'a field called %j is a column beside the answer, and the address keeps it',
  (name) => {
    const columns = toggled(columnsIn(null), fieldSort(name));
    expect(columns[4]?.id).toBe(fieldSort(name));
    const wide = pinned(resized(columns, fieldSort(name), 240), fieldSort(name));
    const kept = columnsIn(wordOf(wide));
    expect(kept).toEqual(wide);
    expect(fieldsIn(kept)).toEqual([name]);
  },
);

it('moves, pins and sizes a column, and says so in the address', () => {
  const columns = moved(pinned(pinned(columnsIn(null), 'customId'), 'outcome'), 'outcome', -1);
  expect(wordOf(resized(columns, 'cost', 150.4))).toBe(
    'ordinal,outcome:p,customId:u,answer,model,tokens,cost:150',
  );
  expect(columnsIn(wordOf(columns))).toEqual(columns);
  expect(moved(columns, 'ordinal', -1)).toEqual(columns);
  expect(moved(columns, 'cost', 1)).toEqual(columns);
});

it('no column becomes too narrow to be seen or too wide to be left', () => {
  expect(columnsIn('answer:1')[1]?.width).toBe(56);
  expect(columnsIn('answer:9999')[1]?.width).toBe(900);
  expect(resized(columnsIn('answer:300'), 'answer', null)[1]?.width).toBeNull();
});
