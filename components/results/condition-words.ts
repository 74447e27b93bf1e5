import type { FieldCondition, FieldTest } from '#lib/model/answer-field';

export const testWords: Record<FieldTest, string> = {
  is: 'is',
  contains: 'contains',
  min: 'is at least',
  max: 'is at most',
  missing: 'is missing',
};

export function conditionWords([field, test, value]: FieldCondition): string {
  return test === 'missing' ? `${field} ${testWords[test]}` : `${field} ${testWords[test]} ${value}`;
}
