import { setTimeout as sleep } from 'node:timers/promises';

const over = ['completed', 'failed', 'expired', 'cancelled'];

/** What a script with a token does. */
export function demoApi(url, token) {
  async function call(method, path, body, type = 'application/json') {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': type }),
    };
    const response = await fetch(url + path, { method, headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }
  const get = (path) => call('GET', path);
  const post = (path, value) => call('POST', path, JSON.stringify(value));
  return {
    get,
    post,
    token,
    sandbox: `${url}/sandbox/v1`,
    async create(name, lines, connection = 'Sandbox') {
      const content = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      const file = await call(
        'POST',
        `/api/files?name=${encodeURIComponent(`${name}.jsonl`)}`,
        content,
        'text/plain',
      );
      return post('/api/batches', { fileId: file.id, connection, name });
    },
    /** Asks until `done` says so or the time is up, and answers what it saw last. */
    async follow(id, done, withinMs, onLook = () => {}) {
      for (const end = Date.now() + withinMs; ; ) {
        const batch = await get(`/api/batches/${id}`);
        onLook(batch);
        if (done(batch) || Date.now() > end) return batch;
        await sleep(250);
      }
    },
  };
}

export function isOver({ phase }) {
  return over.includes(phase);
}
