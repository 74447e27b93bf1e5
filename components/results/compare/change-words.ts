import type { Change } from '#lib/model/comparison';

/** What has become of a request, in a word or two. */
export const changeWords: Record<Change, string> = {
  changed: 'changed',
  outcome: 'ended differently',
  same: 'the same',
  unanswered: 'no answer in both',
  onlyFirst: 'only in A',
  onlySecond: 'only in B',
};

/** How answers were told apart. */
export function ruleWords(byValue: number, both: number): string {
  const text = 'Answers are compared to the letter, thinking left out';
  if (byValue === 0) return `${text}.`;
  const json = 'as JSON values: the order of keys and spacing do not count';
  return byValue >= both ? `Answers are compared ${json}.` : `${text}; where both are JSON, ${json}.`;
}

export const pairRuleWords = {
  value: 'Compared as JSON values: the order of keys and spacing do not count.',
  letter: 'Compared to the letter, thinking left out.',
};
