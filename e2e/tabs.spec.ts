import { setTimeout as sleep } from 'node:timers/promises';
import { apiOf, lines } from './api.ts';
import { startFakeProvider } from './fake-provider.ts';
import { expect, test } from './fixtures.ts';
import { provisioned, startServer } from './server.ts';

const canary = 'sk-canary-5f1d0c9e7a';

test('fifty open tabs cause not one more upstream call, and the key goes nowhere else', async () => {
  const provider = await startFakeProvider();
  const connection = { name: 'fake', preset: 'inline-compatible', baseUrl: provider.baseUrl, apiKey: canary };
  const server = await startServer({
    provision: { ...provisioned, connections: [connection] },
    env: { BATCHDECK_ALLOW_PRIVATE: `127.0.0.1/32:${provider.port}`, BATCHDECK_POLL_SECONDS: '1-1' },
  });
  const api = apiOf(server);
  try {
    const { id } = await api.create(lines(3, 'any/model'), 'Watched', 'fake');
    await api.until(id, ({ phase }) => phase === 'running' || phase === 'pending');
    const watching = new AbortController();
    const [before, began] = [provider.seen.length, performance.now()];
    const asked = () => provider.seen.length - before;
    let answers = 0;
    const tabs = Array.from({ length: 50 }, () => watch(server.url, id, watching.signal, () => answers++));
    await expect.poll(() => answers > 200 && asked() > 3).toBe(true);
    const [calls, seconds] = [asked(), (performance.now() - began) / 1_000];
    watching.abort();
    await Promise.all(tabs);
    // The clock asks once a second, whoever looks on.
    expect(calls).toBeLessThanOrEqual(seconds + 2);

    provider.finish();
    expect((await api.over(id)).counts.succeeded).toBe(3);
    expect(provider.seen.filter((call) => call.method === 'POST')).toHaveLength(1);
    expect(provider.seen.every((call) => call.authorization === `Bearer ${canary}`)).toBe(true);
    expect(provider.seen.some((call) => call.body.includes(canary) || call.path.includes(canary))).toBe(
      false,
    );
    expect(server.log).not.toContain(canary);
    for (const path of ['/api/connections', `/api/batches/${id}`, `/api/batches/${id}/events`]) {
      expect(await (await api.call('GET', path)).text(), path).not.toContain(canary);
    }
  } finally {
    provider.close();
    await server.clear();
  }

  async function watch(url: string, id: string, signal: AbortSignal, onAnswer: () => void): Promise<void> {
    let etag = '';
    while (!signal.aborted) {
      const response = await apiOf({ url }).call('GET', `/api/batches/${id}`, undefined, {
        'if-none-match': etag,
      });
      etag = response.headers.get('etag') ?? '';
      await response.arrayBuffer();
      onAnswer();
      await sleep(500);
    }
  }
});
