import { describe, expect, it } from 'vitest';
import { Unreached } from '#lib/outbound/outbound';
import { ProviderTrouble } from '#lib/providers/provider';
import { type Call, fixturesOf, inPieces, lostCreate, scripted, text } from '#lib/providers/provider-kit';
import { providerFor } from '#lib/providers/registry';

const fixture = fixturesOf('openai');
const provider = providerFor('openai', 'openai');
const poll = (body: string) => provider.poll(scripted(() => new Response(body)).fetch, 'batch_1');

async function reported(name: string) {
  const answer = await poll(fixture(name));
  if (answer.kind !== 'report') throw new Error(answer.kind);
  return answer.report;
}

describe('polling', () => {
  it('asks the batch’s own address and reads pretty-printed JSON as a status', async () => {
    const { fetch, calls } = scripted(() => new Response(fixture('in-progress.json')));
    expect(await provider.poll(fetch, 'batch_1')).toMatchObject({
      kind: 'report',
      report: { state: 'running' },
    });
    expect(calls).toMatchObject([{ path: '/batches/batch_1', method: 'GET', bare: false, named: false }]);
  });

  it.each([
    ['lines where a status should be', fixture('output.jsonl')],
    ['an empty wrapper', '{"batch":{}}'],
    ['half a status', fixture('in-progress.json').slice(0, 200)],
  ])('takes %s as trouble and changes nothing', async (_, body) => {
    expect(await poll(body)).toMatchObject({ kind: 'trouble' });
  });

  it.each([
    ['batch_1', '/batches/batch_1'],
    ['a:b=c+d@e', '/batches/a%3Ab%3Dc%2Bd%40e'],
    ['arn%3Aaws%3Abedrock%3Ajob%2Fab', '/batches/arn%3Aaws%3Abedrock%3Ajob%2Fab'],
  ])('puts the id %j into the path encoded once', async (id, path) => {
    const { fetch, calls } = scripted(() => new Response('{}'));
    await provider.poll(fetch, id);
    expect(calls.map((call) => call.path)).toEqual([path]);
  });
});

describe('cancelling', () => {
  const cancel = (body: string) => provider.cancel(scripted(() => new Response(body)).fetch, 'batch_1');

  it('takes “success” for the call’s, not for the batch’s', async () => {
    expect(await cancel(fixture('portkey-bedrock-cancel.json'))).toMatchObject({
      report: { state: 'cancelling', providerBatchId: 'batch_1' },
    });
    expect(await cancel('')).toMatchObject({ report: { state: 'cancelling' } });
    expect(await cancel(fixture('completed.json'))).toMatchObject({ report: { state: 'completed' } });
  });
});

describe('fetching results', () => {
  const files: Record<string, string> = {
    '/files/file-OutMv3cS8jUuZbQ1/content': fixture('output.jsonl'),
    '/files/file-ErrKd92hT0aWxYz4/content': fixture('errors.jsonl'),
  };

  it('reads the output file and then the error file, byte for byte, in pieces of any size', async () => {
    const report = await reported('completed.json');
    for (const size of [1, 3, 100_000]) {
      const { fetch, calls } = scripted(({ path }) => new Response(inPieces(files[path] ?? '', size)));
      const sources = provider.results(fetch, report);
      expect(sources.map(({ role }) => role)).toEqual(['output', 'error']);
      const read: string[] = [];
      for (const source of sources) read.push(await text(await source.open()));
      expect(read).toEqual(Object.values(files));
      expect(calls.map(({ path }) => path)).toEqual(Object.keys(files));
      expect(calls.every(({ bare, named }) => !bare && !named)).toBe(true);
    }
  });

  it.each(['cancelled-partial.json', 'expired.json', 'azure-failed.json'])(
    'reads them after %s too',
    async (name) => {
      const report = await reported(name);
      expect(provider.results(scripted(() => new Response('')).fetch, report)).toHaveLength(
        report.resultRefs.length,
      );
      expect(report.resultRefs.length).toBeGreaterThan(0);
    },
  );

  const open = async (answer: () => Response | Promise<Response>) => {
    const [source] = provider.results(scripted(answer).fetch, await reported('completed.json'));
    if (!source) throw new Error('There is an output file.');
    return source.open();
  };

  it('takes an empty file for an empty file', async () => {
    expect(await text(await open(() => new Response('')))).toBe('');
    expect(await text(await open(() => new Response(null)))).toBe('');
    expect(await text(await open(() => new Response(null, { status: 204 })))).toBe('');
  });

  it.each([
    ['a first line that is spoilt', 'null\n{"custom_id":"a"}\n'],
    ['a byte order mark and blank lines', '\ufeff\r\n\r\n{"custom_id":"a"}\r\n'],
    ['a cut line', '{"custom_id":"a","resp'],
    ['lines without an id', '{"response":{"status_code":200,"body":{}}}\n'],
    ['an id behind a large answer', `{"response":"${'x'.repeat(100_000)}","custom_id":"a"}\n`],
  ])('hands on %s as it came', async (_, body) => {
    expect(await text(await open(() => new Response(inPieces(body, 7_000))))).toBe(body);
  });

  it.each([
    ['an error under a 200', '{"error":{"message":"output file not found"}}', 'output file not found'],
    [
      'a gateway’s list of errors',
      '{"object":"list","errors":[{"message":"model_not_found"}]}',
      'model_not_found',
    ],
    ['a web page', '<!doctype html><html>', 'a web page instead of JSON'],
  ])('takes %s for no file of results', async (_, body, words) => {
    await expect(open(() => new Response(inPieces(body, 5)))).rejects.toThrow(words);
  });

  it('says what became of a file that cannot be had', async () => {
    const gone = open(() => Response.json({ error: { message: 'No such File object' } }, { status: 404 }));
    await expect(gone).rejects.toBeInstanceOf(ProviderTrouble);
    await expect(gone).rejects.toMatchObject({
      httpStatus: 404,
      message: 'The results could not be fetched. No such File object',
    });
    const reset = () => Promise.reject(new Unreached('reset', true, 'The connection broke.'));
    await expect(open(reset)).rejects.toThrow('The connection broke.');
  });

  it('asks cloud storage behind a gateway by the name it gave', async () => {
    const report = await reported('portkey-bedrock-completed.json');
    const { fetch, calls } = scripted(() => new Response(''));
    await provider.results(fetch, report)[0]?.open();
    expect(calls[0]?.path).toBe('/files/s3%3A%2F%2Fmy-bucket%2Fout%2Fabc123def456%2Freq_1.jsonl.out/content');
  });
});

describe('looking for a lost create', () => {
  const sentAt = 1736792717_000;
  const find = async (answer: (call: Call) => Response, given = {}, preset = 'openai') => {
    const { fetch, calls } = scripted(answer);
    const found = await providerFor('openai', preset).find(fetch, lostCreate('req_1', { sentAt, ...given }));
    const candidates = found.map(({ report, sure }) => [report.providerBatchId, sure]);
    return { candidates, paths: calls.map(({ path }) => path) };
  };
  const pages = (name: string, mark: string) => (call: Call) =>
    new Response(fixture(`${name}-${call.path.includes(mark) ? 2 : 1}.json`));

  it('follows the pages by the last id and knows ours by its mark', async () => {
    expect(await find(pages('list', 'after='))).toEqual({
      candidates: [['batch_a', true]],
      paths: ['/batches?limit=100', '/batches?limit=100&after=batch_b'],
    });
  });

  it('follows a cursor where the provider pages that way', async () => {
    expect(await find(pages('groq-list', 'cursor='))).toEqual({
      candidates: [['batch_01a', true]],
      paths: ['/batches?limit=100', '/batches?limit=100&cursor=Y3Vyc29yPTI%3D'],
    });
  });

  it('knows it by the uploaded file where the mark did not fit or was dropped', async () => {
    const found = await find(pages('list', 'after='), { nonce: 'req_9', inputFileId: 'file-c' });
    expect(found.candidates).toEqual([['batch_c', true]]);
  });

  const list =
    (data: object[], rest: object = {}) =>
    () =>
      Response.json({ data, ...rest });
  const bare = { id: 'b', status: 'validating', created_at: 1736792718, request_counts: { total: 1 } };

  it('offers what fits in time and size where a list says no more, and nothing that cannot be ours', async () => {
    const only = async (batch: object, given?: object) =>
      (await find(list([{ ...bare, ...batch }]), given)).candidates;
    expect(await only({})).toEqual([['b', false]]);
    expect(await only({ request_counts: null })).toEqual([['b', false]]);
    expect(await only({ request_counts: { total: 2 } })).toEqual([]);
    expect(await only({ created_at: 1736792718 - 600 })).toEqual([]);
    expect(await only({ created_at: 1736792718 + 3_600 })).toEqual([]);
    expect(await only({ created_at: null })).toEqual([]);
    expect(await only({ metadata: { batchdeck_intent: 'req_2' } })).toEqual([]);
    expect(await only({ input_file_id: 'f2' }, { inputFileId: 'f1' })).toEqual([]);
    expect(await only({ id: '../x' })).toEqual([]);
  });

  it('asks for no guess once one is certain', async () => {
    const ours = { ...bare, id: 'ours', metadata: { batchdeck_intent: 'req_1' } };
    expect((await find(list([bare, ours]))).candidates).toEqual([['ours', true]]);
  });

  it('compares clocks before it compares times', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const late = { ...bare, created_at: 1736792718 + 3_600 };
    const answer = () => Response.json({ data: [late] }, { headers: { date } });
    expect((await find(answer)).candidates).toEqual([['b', false]]);
  });

  it('stops at what is older than any of ours, at pages that repeat, and never follows an address', async () => {
    const old = { ...bare, created_at: 1736792718 - 100_000 };
    expect((await find(list([old], { has_more: true }))).paths).toHaveLength(1);
    const again = list([bare], { has_more: true, next_page: 'https://evil.example/steal' });
    expect((await find(again)).paths).toEqual(['/batches?limit=100', '/batches?limit=100&after=b']);
    let n = 0;
    const endless = () => Response.json({ data: [{ ...bare, id: `b${n++}` }], has_more: true });
    expect((await find(endless)).paths).toHaveLength(20);
  });

  it('takes a full page that says nothing about more for not the last, and a bare list for all', async () => {
    const many = Array.from({ length: 100 }, (_, n) => ({ ...bare, id: `b${n}` }));
    expect((await find(list(many))).paths).toHaveLength(2);
    expect((await find(() => Response.json(many))).paths).toHaveLength(1);
  });

  it('reads a list of raw words behind a gateway', async () => {
    const answer = () => new Response(fixture('portkey-bedrock-list.json'));
    const file = 's3%3A%2F%2Fmy-bucket%2Fin%2Freq_1.jsonl';
    expect((await find(answer, { inputFileId: file }, 'portkey')).candidates).toMatchObject([
      [expect.stringMatching(/^arn%3Aaws/), true],
    ]);
  });

  it('says when the list cannot be had', async () => {
    await expect(find(() => new Response('{}', { status: 503 }))).rejects.toBeInstanceOf(ProviderTrouble);
    await expect(find(() => new Response('<html>'))).rejects.toBeInstanceOf(ProviderTrouble);
    await expect(find(() => Response.json('no'))).rejects.toBeInstanceOf(ProviderTrouble);
  });
});
