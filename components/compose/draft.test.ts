import { describe, expect, it } from 'vitest';
import { emptyRequest } from '#lib/model/request-line';
import { draftOfFile, draftOfForm, reasonAgainst, type Target, targetReason, whereTo } from './draft.ts';

const sandbox: Target = {
  id: 'con_1',
  name: 'Sandbox',
  preset: 'sandbox',
  dialect: 'inline',
  baseUrl: '',
  limits: { requests: 2, bytes: 1_000, customIdPattern: null },
  discount: 0.5,
  completionWindow: '24h',
  locked: null,
};
const request = (customId: string) => ({ ...emptyRequest(customId, 'sandbox/instant'), message: 'Hi' });
const summary = {
  requests: 1,
  dialect: 'params' as const,
  models: ['m'],
  endpoints: [],
  errors: 0,
  warnings: 0,
  codes: {},
  findings: [],
  lines: 1,
};
const done = { state: 'done' as const, summary, error: null };

describe('a form', () => {
  it('is ready when every request is', () => {
    expect(draftOfForm([request('a'), request('b')])).toMatchObject({
      requests: 2,
      errors: 0,
      models: ['sandbox/instant'],
      reason: null,
    });
  });

  it('names the request to mend first', () => {
    expect(draftOfForm([request('a'), { ...request('b'), message: '' }]).reason).toBe(
      'Request 2: Write what the model should answer.',
    );
  });

  it('says the size of the very file it will send', () => {
    expect(draftOfForm([request('ä')]).bytes).toBe(
      Buffer.byteLength(
        '{"custom_id":"ä","params":{"model":"sandbox/instant","max_tokens":1024,"messages":[{"role":"user","content":"Hi"}]}}\n',
      ),
    );
  });
});

describe('a file', () => {
  it('waits for its check and counts its errors', () => {
    expect(draftOfFile(null, { ...done, state: 'idle' }).reason).toBe('Choose a file first.');
    expect(draftOfFile({ size: 3 }, { ...done, state: 'checking' }).reason).toMatch(/still being checked/);
    expect(draftOfFile({ size: 3 }, { ...done, summary: { ...summary, errors: 2 } }).reason).toBe(
      'The file has 2 errors.',
    );
    expect(draftOfFile({ size: 3 }, done).reason).toBeNull();
  });
});

describe('a target', () => {
  const draft = draftOfForm([request('a')]);

  it('is chosen, unlocked and large enough', () => {
    expect(targetReason(draft, sandbox)).toBeNull();
    expect(targetReason(draft, null)).toBe('Choose a connection.');
    expect(targetReason(draft, { ...sandbox, locked: 'No key.' })).toBe('Sandbox cannot be used. No key.');
    expect(targetReason({ ...draft, requests: 3 }, sandbox)).toMatch(/at most 2 requests/);
    expect(targetReason({ ...draft, bytes: 1_001 }, sandbox)).toMatch(/at most 1000 bytes/);
  });

  it('says where it goes and what it saves there', () => {
    const gateway = { ...sandbox, preset: 'inline-compatible', baseUrl: 'https://gw.example.com/v1' };
    expect(whereTo({ ...gateway, discount: 0.3, completionWindow: '24h' })).toBe(
      'gw.example.com · 30 % below real-time · within 24h',
    );
    expect(whereTo({ ...sandbox, baseUrl: '' })).toMatch(/costs nothing/);
    expect(whereTo({ ...sandbox, baseUrl: 'https://gw.example.com/v1' })).toMatch(/^gw\.example\.com/);
  });

  it('takes the lines of its own dialect only', () => {
    expect(targetReason({ ...draft, dialect: 'openai' }, sandbox)).toBe(
      'Sandbox takes lines with custom_id and params.',
    );
  });
});

it('says nothing to a viewer but that they may not send', () => {
  const order = { name: '', draft: draftOfForm([]), target: null, mayOperate: false };
  expect(reasonAgainst(order)).toMatch(/role/);
  expect(reasonAgainst({ ...order, mayOperate: true, draft: draftOfForm([request('a')]) })).toMatch(/name/);
});
