import { describe, expect, it } from 'vitest';
import { capabilitiesOf } from '#lib/model/capabilities';
import { fixturesOf } from '#lib/providers/provider-kit';
import { reportFrom } from './mapper.ts';

const fixture = fixturesOf('openai');
const can = (preset: string) => capabilitiesOf({ dialect: 'openai', preset });
const report = (name: string, preset = 'openai') => reportFrom(fixture(name), can(preset));
const of = (batch: object, preset = 'openai') =>
  reportFrom(JSON.stringify({ id: 'b', ...batch }), can(preset));

const output = { kind: 'file', id: 'file-OutMv3cS8jUuZbQ1', role: 'output' };
const error = { kind: 'file', id: 'file-ErrKd92hT0aWxYz4', role: 'error' };

describe('a batch object', () => {
  it.each([
    ['create.json', { state: 'pending', counts: null, resultRefs: [] }],
    [
      'in-progress.json',
      { state: 'running', counts: { total: 10, succeeded: 4, failed: 1 }, resultRefs: [] },
    ],
    ['finalizing.json', { state: 'finishing', counts: { total: 10, succeeded: 8, failed: 2 } }],
    ['completed.json', { state: 'completed', resultRefs: [output, error], resultsExpected: false }],
    ['completed-errors-only.json', { state: 'completed', resultRefs: [error], resultsExpected: false }],
    ['completed-lagging.json', { state: 'completed', resultRefs: [], resultsExpected: true }],
    ['expired.json', { state: 'expired', resultRefs: [output, error], resultsExpected: false }],
    ['cancelling.json', { state: 'cancelling', resultRefs: [] }],
    ['cancelled-partial.json', { state: 'cancelled', resultRefs: [output], resultsExpected: false }],
    ['groq-completed.json', { state: 'completed', counts: { total: 3 } }],
    ['azure-create.json', { state: 'pending', counts: null, expiresAt: 1721495637191 }],
    [
      'azure-completed.json',
      { state: 'completed', resultRefs: [{ id: 'file-out-azure' }, { id: 'file-empty-azure' }] },
    ],
    ['azure-failed.json', { state: 'failed', resultRefs: [{ id: 'file-out-azure' }] }],
    ['doubleword-running.json', { state: 'running', resultRefs: [], counts: { total: 4, succeeded: 1 } }],
    ['doubleword-failed.json', { state: 'failed', resultRefs: [{ id: 'c9d6' }, { id: 'e1f2' }], errors: [] }],
    ['zhipu-completed.json', { state: 'completed', counts: { total: 2, succeeded: 2, failed: 0 } }],
    [
      'novita-progress.json',
      { state: 'running', counts: { total: 20, succeeded: 5, failed: 1 }, errors: [] },
    ],
    [
      'siliconflow-queue.json',
      { state: 'pending', counts: null, errors: [{ message: 'a warning in words' }] },
    ],
    ['aibrix-scheduling.json', { state: 'pending', counts: null }],
    [
      'portkey-bedrock-completed.json',
      { state: 'completed', createdAt: 1736792718123, resultsExpected: false },
    ],
    ['portkey-vertex.json', { state: 'completed', counts: { total: 12, succeeded: 11, failed: 1 } }],
  ])('%s', (name, expected) => {
    expect(report(name)).toMatchObject(expected);
  });

  it('tells what validation found, in the provider’s words and with its lines', () => {
    expect(report('failed-validation.json')).toMatchObject({
      state: 'failed',
      resultRefs: [],
      resultsExpected: false,
      errors: [
        { code: 'invalid_json_line', message: 'This line is not parseable as valid JSON.', line: 1 },
        { code: 'token_limit_exceeded', line: null },
      ],
    });
    expect(report('groq-completed.json')?.errors).toEqual([
      { code: 'model_not_found', message: 'The model `mixtral` has been decommissioned.', line: 2 },
    ]);
  });

  it('takes long ids as they are', () => {
    const found = report('litellm-completed.json');
    expect(found?.providerBatchId?.length).toBeGreaterThan(200);
    expect(found?.resultRefs).toMatchObject([{ role: 'output' }]);
  });

  it('reads every way of saying nothing alike', () => {
    const nothing = [null, '', undefined];
    for (const none of nothing) {
      const batch = {
        status: 'in_progress',
        errors: none,
        output_file_id: none,
        metadata: none,
        expires_at: none,
      };
      expect(of({ ...batch, request_counts: none })).toMatchObject({
        counts: null,
        errors: [],
        resultRefs: [],
        expiresAt: null,
      });
    }
  });

  it.each([
    ['IN_PROGRESS', 'running'],
    ['InProgress', 'running'],
    ['Cancelling', 'cancelling'],
    ['canceled', 'cancelled'],
    ['JOB_STATE_SUCCEEDED', 'completed'],
    ['BATCH_STATE_RUNNING', 'running'],
    ['BATCH_STATE_UNSPECIFIED', 'pending'],
    ['Stopped', 'cancelled'],
    ['ended', 'completed'],
    ['constructor', 'unknown'],
    ['PONDERING', 'unknown'],
    ['', 'unknown'],
  ])('knows %j', (status, state) => {
    expect(of({ status })).toMatchObject({ state, rawStatus: status });
  });

  it('calls what ended cancelled only where somebody cancelled it', () => {
    expect(of({ status: 'ended', cancelling_at: 1736792900 })).toMatchObject({ state: 'cancelled' });
    expect(of({ status: 'ended', cancelling_at: 0 })).toMatchObject({ state: 'completed' });
  });

  it('expects a file where counts tell of results, whatever the end was', () => {
    const counts = (completed: number, failed: number) => ({ total: 4, completed, failed });
    const expects = (batch: object, preset?: string) => of(batch, preset)?.resultsExpected;
    expect(expects({ status: 'cancelled', request_counts: counts(1, 0) })).toBe(true);
    expect(expects({ status: 'cancelled', request_counts: counts(0, 0) })).toBe(false);
    expect(expects({ status: 'completed' })).toBe(true);
    expect(expects({ status: 'completed', request_counts: counts(0, 0) })).toBe(true);
    const half = { status: 'completed', output_file_id: 'o', request_counts: counts(3, 1) };
    expect(expects(half)).toBe(true);
    expect(expects({ ...half, error_file_id: 'e' })).toBe(false);
    expect(expects(half, 'vllm')).toBe(false);
    expect(expects({ ...half, output_file_id: '', error_file_id: 'e' })).toBe(true);
    expect(expects({ status: 'in_progress', request_counts: counts(3, 1) })).toBe(false);
  });

  it('reads a file named twice once', () => {
    const batch = { status: 'completed', output_file_id: 'same', error_file_id: 'same' };
    expect(of(batch)?.resultRefs).toEqual([{ kind: 'file', id: 'same', role: 'output' }]);
  });

  it.each(['../../admin', '..', 'a/b', 'a?b', 'a%2fb', 's3%3A%2F%2Fb%2F..%2F..%2Fadmin', 'arn%3A%00'])(
    'refuses the file id %j in words and asks for nothing',
    (output_file_id) => {
      expect(of({ status: 'completed', output_file_id })).toMatchObject({
        resultRefs: [],
        resultsExpected: false,
        errors: [{ code: 'unsafe_file_id', message: expect.stringContaining('was not fetched') }],
      });
    },
  );

  it('believes no counts that cannot be', () => {
    const counts = (request_counts: unknown) => of({ status: 'in_progress', request_counts })?.counts;
    expect(counts({ total: 2, completed: 2, failed: 1 })).toBeNull();
    expect(counts({ total: 2, completed: -1, failed: 0 })).toBeNull();
    expect(counts({ total: null, completed: null, failed: null })).toBeNull();
    expect(counts({ total: 1e300, completed: 1, failed: 0 })).toBeNull();
    expect(counts({ total: 4, completed: 0.5, failed: 0 })).toBeNull();
    expect(counts('many')).toBeNull();
    expect(counts([1])).toBeNull();
    expect(counts({ total: 2, completed: 0, failed: 0 })).toMatchObject({ total: 2, succeeded: 0 });
  });

  it('cuts and cleans what a stranger says', () => {
    const found = of({
      status: `x\u0000${'y'.repeat(500)}`,
      errors: [`a\u202eb key sk-canary-12345678 ${'z'.repeat(5_000)}`],
    });
    expect(found?.rawStatus).toHaveLength(64);
    expect(found?.errors[0]?.message).toMatch(/^ab key \[hidden\] z+$/);
    expect(found?.errors[0]?.message).toHaveLength(500);
  });

  it.each(['', 'null', '7', '[]', '"b"', '{}', '{"error":{"message":"no"}}', '{"batch":{}}', '<html>'])(
    'takes %j for no batch',
    (body) => {
      expect(reportFrom(body, can('openai'))).toBeNull();
    },
  );
});
