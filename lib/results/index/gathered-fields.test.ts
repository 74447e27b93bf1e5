import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { GatheredFields } from './gathered-fields.ts';
import { fieldNames } from './open-field.ts';
import type { View } from './open-view.ts';

function written(fields: GatheredFields): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  expect([...fields.write(db)].length).toBeGreaterThan(0);
  return db;
}

/** A hundred answers with a few words that recur, and some of them with a text of their own. */
function gathered(hasText: boolean): GatheredFields {
  const fields = new GatheredFields(5_000);
  for (let n = 1; n <= 100; n++) {
    fields.add(n, {
      mood: n % 2 ? 'glad' : 'sad',
      rank: n,
      ...(hasText ? { text: `${n} ${'x'.repeat(50)}` } : {}),
    });
  }
  return fields;
}

test('a field that is larger than can be held is given up, also where another attempt has few; the others stay', () => {
  const [base, retries] = [written(gathered(true)), written(gathered(false))];
  const names = (...fieldFiles: DatabaseSync[]) =>
    fieldNames({ fieldFiles } as View, { base: '', retries: null, fields: [] });
  expect(names(base)).toEqual(['mood', 'rank']);
  const fields = new GatheredFields(5_000);
  fields.add(1, { text: 'short' });
  const few = written(fields);
  expect(names(few)).toEqual(['text']);
  expect(names(base, few, retries)).toEqual(['mood', 'rank']);
  const kept = base.prepare(`select count(distinct field) as n from data where kind = 'ordinals'`).get();
  expect(kept).toEqual({ n: 2 });
});
