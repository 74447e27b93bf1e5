import { describe, expect, it } from 'vitest';
import { aSandbox, linesOf, request } from '#lib/sandbox/sandbox-kit';

const row = (n: number, model = 'sandbox/instant') =>
  JSON.stringify(request(`row-${n}`, model, 'x'.repeat(300)));

/** A body that never lets go of the thread by itself. */
async function* body(count: number, line: (n: number) => string = row): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{"metadata":{"a":"b"},"requests":[');
  for (let n = 0; n < count; n++) yield Buffer.from(`${n ? ',' : ''}${line(n)}`);
  yield Buffer.from(']}');
}

describe('a large create call', () => {
  it('is read in a thread of its own: others go on in between', async () => {
    const { ask } = await aSandbox();
    let turns = 0;
    let going = true;
    const turn = () => {
      turns++;
      if (going) setImmediate(turn);
    };
    setImmediate(turn);
    const answer = await ask('POST', '/v1/batches', body(60_000));
    going = false;
    const { batch_id: id } = await answer.json();
    expect(turns).toBeGreaterThan(60);
    const results = await linesOf(await ask('GET', `/v1/batches/${id}`));
    expect(new Set(results.map((line) => line.custom_id)).size).toBe(60_000);
  });

  it('is the same whether a thread reads it or not', async () => {
    const { ask, json, creates } = await aSandbox({ 'x-sandbox-faults': '{"on":"list","delayMs":1}' });
    for (const count of [2, 2_000]) {
      await ask('POST', '/v1/batches', body(count));
    }
    expect(creates().map(({ requests }) => requests)).toEqual([2, 2_000]);
    const { data } = await json('GET', '/v1/batches');
    expect(data.map((one: { metadata: object }) => one.metadata)).toEqual([{ a: 'b' }, { a: 'b' }]);
  });

  it('is refused as soon as something is wrong with it, and its body is left alone from there', async () => {
    const { ask, creates } = await aSandbox();
    let pulled = 0;
    const answer = await ask(
      'POST',
      '/v1/batches',
      body(200_000, (n) => {
        pulled++;
        return n === 3_000 ? row(1) : row(n);
      }),
    );
    expect(answer.status).toBe(400);
    expect((await answer.json()).error.message).toContain('requests[3000].custom_id repeats “row-1”');
    expect(pulled).toBeLessThan(150_000);
    expect(creates()).toEqual([]);
  });

  it('that breaks off leaves nothing behind', async () => {
    const { ask, creates, json } = await aSandbox();
    for (const count of [1, 5_000]) {
      async function* broken() {
        yield* body(count);
        throw new Error('the client left');
      }
      await expect(ask('POST', '/v1/batches', broken())).rejects.toThrow('broke');
    }
    expect(creates()).toEqual([]);
    expect((await json('GET', '/v1/batches')).data).toEqual([]);
  });
});
