/** The only `fetch` to our own API. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: unknown;

  constructor(status: number, code: string, message: string, details?: unknown) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

type Options = {
  signal?: AbortSignal;
  idempotencyKey?: string;
  /** Sent even while the page goes away; the browser takes 64 kB of such at most. */
  keepalive?: boolean;
};

export async function getJson<T>(path: string, options: Options = {}): Promise<T> {
  return readJson<T>(await reach(path, { headers: { accept: 'application/json' }, signal: options.signal }));
}

/** A file of ours, as its bytes. */
export async function getBlob(path: string): Promise<Blob> {
  const response = await reach(path, {});
  return response.ok ? response.blob() : readJson<Blob>(response);
}

/** A span of a file of ours, as text. */
export async function getSpan(
  path: string,
  { offset, bytes }: { offset: number; bytes: number },
): Promise<string> {
  if (bytes === 0) return '';
  const range = `bytes=${offset}-${offset + bytes - 1}`;
  const response = await reach(path, { headers: { range } });
  return response.status === 206 ? response.text() : readJson<string>(response);
}

export async function sendJson<T>(
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  body: unknown = {},
  options: Options = {},
): Promise<T> {
  const headers: Record<string, string> = { 'content-type': 'application/json', accept: 'application/json' };
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
  return readJson<T>(
    await reach(path, {
      method,
      headers,
      body: JSON.stringify(body),
      signal: options.signal,
      keepalive: options.keepalive,
    }),
  );
}

/** A conditional read: answers `previous` itself while nothing changed, so that React Query sees the same object. */
export type Versioned<T> = {
  value: T;
  etag: string | null;
  checkedAt: string | null;
  nextCheckAt: string | null;
};

export async function getVersioned<T>(
  path: string,
  previous: Versioned<T> | undefined,
  signal?: AbortSignal,
): Promise<Versioned<T>> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (previous?.etag) headers['if-none-match'] = previous.etag;
  const response = await reach(path, { headers, signal, cache: 'no-store' });
  const checkedAt = response.headers.get('x-checked-at');
  const nextCheckAt = response.headers.get('x-next-check-at');
  if (response.status === 304 && previous) {
    const same = previous.checkedAt === checkedAt && previous.nextCheckAt === nextCheckAt;
    return same ? previous : { ...previous, checkedAt, nextCheckAt };
  }
  return { value: await readJson<T>(response), etag: response.headers.get('etag'), checkedAt, nextCheckAt };
}

/** A raw upload with progress, which `fetch` cannot tell. */
export function upload<T>(
  path: string,
  body: Blob,
  options: { sha256?: string; signal?: AbortSignal; onProgress?: (sent: number, total: number) => void },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('content-type', 'application/octet-stream');
    if (options.sha256) request.setRequestHeader('x-content-sha256', options.sha256);
    request.upload.onprogress = (event) => options.onProgress?.(event.loaded, body.size);
    request.onerror = () => reject(lost());
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    request.onload = () => {
      const response = new Response(request.responseText, { status: request.status });
      readJson<T>(response).then(resolve, reject);
    };
    options.signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw lost();
  }
}

function lost(): ApiError {
  return new ApiError(0, 'offline', 'The server could not be reached. Check the connection and try again.');
}

async function readJson<T>(response: Response): Promise<T> {
  const text = await response.text();
  const body = parse(text) as { error?: { code?: string; message?: string; details?: unknown } } | undefined;
  if (response.ok) return body as T;
  const message = body?.error?.message ?? `The server answered ${response.status}.`;
  throw new ApiError(response.status, body?.error?.code ?? 'internal', message, body?.error?.details);
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
