import { expect, it } from 'vitest';
import { phases } from '#lib/model/phase';
import { meanwhileWords, notYetWords } from './not-yet-words.ts';

it('says in every phase why there is nothing yet', () => {
  for (const phase of phases) expect(notYetWords(phase, null)).toMatch(/\.$/);
  expect(notYetWords('submitting', null)).toBe('The provider has not confirmed the batch yet.');
});

it('waits for a decision rather than seeming to move', () => {
  for (const phase of phases) {
    const said = notYetWords(phase, 'needs_decision');
    expect(said).toMatch(/^The batch waits for a decision\./);
    expect(said).not.toMatch(/on its way|is working/);
  }
});

it('does not say of a retry that waits for a decision that it is sent', () => {
  expect(meanwhileWords(null)).toMatch(/^Some requests are sent again\./);
  expect(meanwhileWords('needs_decision')).toMatch(/waits for a decision\./);
});
