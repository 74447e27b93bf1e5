import { expect, it } from 'vitest';
import type { Batch, BatchPart } from '#lib/model/batch';
import { attentions } from '#lib/model/phase';
import { attentionWords, type Saying } from './attention-words.ts';

const say: Saying = { clock: () => '14:02', since: () => '47 min', until: () => 'in 40 s' };
const connection: Batch['connection'] = { id: 'c', name: 'Infron', preset: 'infron', paused: null };
const part = (given: Partial<BatchPart>) => ({ hold: null, attention: null, ...given }) as BatchPart;
const lost = (candidates: unknown[] | null) =>
  part({
    attention: 'needs_decision',
    lostCall: { sentAt: '', freeAt: '', candidates } as BatchPart['lostCall'],
  });
const words = (attention: (typeof attentions)[number], ...parts: BatchPart[]) =>
  attentionWords(attention, { connection, parts }, say);

it('has words for everything that needs a person', () => {
  for (const attention of attentions) {
    const { title, text } = words(attention, part({ attention }));
    expect([attention, title.length >= 10, /\.$/.test(text)]).toEqual([attention, true, true]);
  }
});

it('says what can be done about a lost call, by what the provider lists', () => {
  expect(words('needs_decision', lost(null)).text).toContain('cannot list batches');
  expect(words('needs_decision', lost([])).text).toContain('lists none that could be it');
  const two = words('needs_decision', lost([{}, {}]));
  expect(two).toEqual({
    title: 'The answer to the create call at 14:02 was lost.',
    text: expect.stringMatching(/^2 batches at Infron could be it\. Choose one/),
  });
});

it('does not say that nothing is listed where the list could not be read', () => {
  const { text } = words('needs_decision', { ...lost([]), failures: 3, rawAnswer: 'Internal error' });
  expect(text).toMatch(/^“Internal error\.” What Infron lists could not be read/);
});

it('names the next try and how often it went wrong', () => {
  const { text } = words('unreachable', part({ attention: 'unreachable', failures: 7, nextCheckAt: 'x' }));
  expect(text).toBe('7 calls in a row went wrong. The next try is in 40 s. Nothing is lost meanwhile.');
});

it('tells standing still from being set aside', () => {
  expect(words('stalled', part({ attention: 'stalled', phase: 'running', movedAt: 'x' })).title).toBe(
    'No change for 47 min.',
  );
  const received = { lines: 13, sha256: '' };
  expect(words('stalled', part({ attention: 'stalled', phase: 'running', received })).title).toBe(
    'The results differ at every read.',
  );
  expect(words('stalled', part({ attention: 'stalled', phase: 'collecting' })).title).toContain('set aside');
});

it('says how many batches a refused key holds up', () => {
  const paused = { ...connection, paused: { at: '', why: null, keyRefused: true, waiting: 3 } };
  const told = part({ attention: 'credential_rejected', rawAnswer: 'Invalid API key' });
  expect(attentionWords('credential_rejected', { connection: paused, parts: [told] }, say).text).toBe(
    '“Invalid API key.” Nothing is sent or checked over this connection until the key is replaced; 3 batches wait and then go on by themselves.',
  );
});

it('says what held parts wait for', () => {
  expect(words('held', part({ hold: 'queue' }), part({})).text).toMatch(/^One part waits until others/);
  expect(words('held', part({ hold: 'canary' })).text).toMatch(/^It waits for a person/);
  const paused = { ...connection, paused: { at: '', why: 'Maintenance', keyRefused: false, waiting: 1 } };
  expect(attentionWords('held', { connection: paused, parts: [part({ hold: 'connection' })] }, say)).toEqual({
    title: 'Infron is paused.',
    text: '“Maintenance.” It waits until it is resumed, and then goes on without a click.',
  });
});
