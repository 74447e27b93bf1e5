import 'server-only';
import type { FieldCondition } from '#lib/model/answer-field';
import { folded } from '#lib/model/folded';
import type { IndexFiles } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import { placeIn } from './gathered-fields.ts';
import { type Field, falseRankOf, openField, ranksIn } from './open-field.ts';
import type { View } from './open-view.ts';

/** Takes away the marks of all ordinals whose fields are not as they must be. */
export function* narrowByFields(
  view: View,
  files: IndexFiles,
  conditions: FieldCondition[],
  marks: Uint8Array,
): Slices<void> {
  for (const condition of conditions) {
    const field = openField(view, files, condition[0]);
    const fits = yield* fitting(field, condition);
    for (let ordinal = 1; ordinal < marks.length; ordinal++) {
      if (fits[field.ranks[ordinal] ?? 0] !== 1) marks[ordinal] = 0;
    }
  }
}

/** By the number of a value 1 where it is as it must be. Each value is looked at once, however often it occurs. */
function* fitting(field: Field, [, test, value]: FieldCondition): Slices<Uint8Array> {
  const fits = new Uint8Array(ranksIn(field));
  const { numbers } = field;
  const number = value.trim() === '' ? Number.NaN : Number(value);
  switch (test) {
    case 'missing':
      fits[0] = 1;
      break;
    case 'min':
      if (!Number.isNaN(number)) fits.fill(1, placeIn(numbers, number) + 1, falseRankOf(field));
      break;
    case 'max':
      fits.fill(1, 1, placeBehind(numbers, number) + 1);
      break;
    case 'is':
      fits.fill(1, placeIn(numbers, number) + 1, placeBehind(numbers, number) + 1);
      if (value === 'false') fits[falseRankOf(field)] = 1;
      if (value === 'true') fits[falseRankOf(field) + 1] = 1;
      yield* markTexts(field, fits, (text) => text === value);
      break;
    case 'contains': {
      const words = folded(value);
      yield* markTexts(field, fits, (text) => folded(text).includes(words));
    }
  }
  return fits;
}

function placeBehind(numbers: Float64Array, value: number): number {
  const at = placeIn(numbers, value);
  return numbers[at] === value ? at + 1 : at;
}

function* markTexts(field: Field, fits: Uint8Array, isMeant: (text: string) => boolean): Slices<void> {
  let rank = falseRankOf(field) + 2;
  for (const page of field.texts.pages()) {
    for (const text of page) {
      if (isMeant(text)) fits[rank] = 1;
      rank += 1;
    }
    yield undefined;
  }
}
