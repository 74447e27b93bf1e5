import { expect, it } from 'vitest';
import { isCreate } from './sandbox-journal.ts';

it.each([
  ['POST', '/v1/batches', true, true],
  ['POST', '/v1/messages/batches', true, true],
  ['POST', '/v1/batches', false, false],
  ['GET', '/v1/batches', true, false],
  ['POST', '/v1/files', true, false],
  ['POST', '/v1/batches/batch_1/cancel', true, false],
])('%s %s that was accepted: %s, made a batch: %s', (method, path, accepted, made) => {
  expect(isCreate({ method, path, accepted })).toBe(made);
});
