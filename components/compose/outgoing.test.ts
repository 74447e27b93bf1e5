import { describe, expect, it } from 'vitest';
import { defaultCapabilities } from '#lib/model/capabilities';
import { checkForm } from '#lib/model/request-form/check';
import { composeLines } from '#lib/model/request-form/compose';
import { type BatchForm, emptySheet, newRequest } from '#lib/model/request-form/form';
import type { Members } from '#lib/model/request-form/json';
import {
  headersFor,
  type Outgoing,
  outgoingFile,
  partsOf,
  reasonAgainst,
  type Target,
  targetReason,
  whereTo,
} from './outgoing.ts';
import { outgoingForm, problemsOf } from './outgoing-form.ts';

const sandbox: Target = {
  id: 'con_1',
  name: 'Sandbox',
  preset: 'sandbox',
  dialect: 'inline',
  baseUrl: '',
  keyHeader: 'authorization',
  headers: {},
  limits: { requests: 2, bytes: 1_000, customIdPattern: null },
  discount: 0.5,
  completionWindow: '24h',
  locked: null,
  capabilities: { ...defaultCapabilities, maxRequests: 2, maxBytes: 1_000 },
};
const formOf = (...messages: string[]): BatchForm => ({
  shape: 'inline',
  defaults: { ...emptySheet, own: { model: 'sandbox/instant', max_tokens: 100 } },
  requests: messages.map((content, n) => newRequest(`${n}`, { messages: [{ role: 'user', content }] })),
});
const rules = { customIdPattern: null };
const outgoingOf = (form: BatchForm) => outgoingForm(form, checkForm(form, rules));
const withDefaults = (form: BatchForm, own: Members): BatchForm => ({
  ...form,
  defaults: { ...form.defaults, own },
});
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
    expect(outgoingOf(formOf('Hi', 'Ho'))).toMatchObject({
      requests: 2,
      errors: 0,
      models: ['sandbox/instant'],
      reason: null,
    });
  });

  it('names what to mend first, and knows where that stands', () => {
    const form = formOf('Hi', '');
    expect(outgoingOf(form).reason).toBe('Request 2, messages: Write what the model should answer.');
    expect(problemsOf(form, checkForm(form, rules))).toMatchObject([
      { where: 'Request 2', open: [form.requests[1]?.id], param: 'messages' },
    ]);
    const shared = withDefaults(form, { model: 'm', temperature: 9 });
    expect(outgoingOf(shared).reason).toBe('Defaults, temperature: A number from 0 to 2, or empty.');
    expect(outgoingOf({ ...form, requests: [] }).reason).toBe('Add a request.');
  });

  it('says the size of the very file it will send', () => {
    const form = formOf('ä', 'b');
    expect(outgoingOf(form).bytes).toBe(Buffer.byteLength(composeLines(form)));
  });

  it('reckons its tokens anew when what all requests share has changed', () => {
    const form = formOf('How are you?', 'And you?');
    const { tokens } = outgoingOf(form);
    expect(tokens?.input).toBeGreaterThan(4);
    expect(tokens?.output).toBe(200);
    const longer = outgoingOf(withDefaults(form, { model: 'm', system: 'word '.repeat(200) }));
    expect(longer.tokens?.input).toBeGreaterThan(300);
    expect(longer.tokens?.output).toBeNull();
  });
});

describe('a file', () => {
  it('waits for its check and counts its errors', () => {
    expect(outgoingFile(null, { ...done, state: 'idle' }).reason).toBe('Choose a file first.');
    expect(outgoingFile({ size: 3 }, { ...done, state: 'checking' }).reason).toMatch(/still being checked/);
    expect(outgoingFile({ size: 3 }, { ...done, summary: { ...summary, errors: 2 } }).reason).toBe(
      'The file has 2 errors.',
    );
    expect(outgoingFile({ size: 3 }, done).reason).toBeNull();
  });
});

describe('a target', () => {
  const outgoing: Outgoing = outgoingOf(formOf('Hi'));

  it('is chosen and unlocked, and what is too large for it goes out in parts', () => {
    expect(targetReason(outgoing, sandbox)).toBeNull();
    expect(targetReason(outgoing, null)).toBe('Choose a connection.');
    expect(targetReason(outgoing, { ...sandbox, locked: 'No key.' })).toBe('Sandbox cannot be used. No key.');
    expect(partsOf({ ...outgoing, requests: 5, bytes: 10 }, sandbox)).toBe(3);
    expect(partsOf({ ...outgoing, requests: 1, bytes: 1_001 }, sandbox)).toBe(2);
    expect(partsOf(outgoing, { ...sandbox, capabilities: defaultCapabilities })).toBe(1);
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
    expect(targetReason({ ...outgoing, dialect: 'openai' }, sandbox)).toBe(
      'Sandbox takes lines with custom_id and params.',
    );
  });
});

it('says nothing to a viewer but that they may not send', () => {
  const order = { name: '', outgoing: outgoingOf(formOf()), target: null, mayOperate: false };
  expect(reasonAgainst(order)).toMatch(/role/);
  expect(reasonAgainst({ ...order, mayOperate: true, outgoing: outgoingOf(formOf('Hi')) })).toMatch(/name/);
});

describe('the way through a gateway', () => {
  const route = { header: 'x-portkey-provider', values: ['openai', 'bedrock'] };
  const gateway: Target = {
    ...sandbox,
    headers: { 'x-portkey-provider': 'openai' },
    capabilities: { ...sandbox.capabilities, route },
  };

  it('travels with the batch only where it is another than the connection’s', () => {
    expect(headersFor(gateway, 'bedrock')).toEqual({ headers: { 'x-portkey-provider': 'bedrock' } });
    expect(headersFor(gateway, 'openai')).toEqual({});
    expect(headersFor(gateway, null)).toEqual({});
    expect(headersFor(sandbox, 'bedrock')).toEqual({});
  });
});
