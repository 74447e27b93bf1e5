import 'server-only';

const most = 65_536;

/**
 * Gateways like to repeat a wrong key in their complaint, some of them under a 200: it ends here, before
 * anybody stores or shows those words. A longer answer of success is results and goes through as it came.
 */
export async function withoutEcho(answer: Response, secrets: string[]): Promise<Response> {
  const disguises = secrets.flatMap(disguisesOf).sort((a, b) => b.length - a.length);
  const headers = cleared(answer.headers, disguises);
  const { status } = answer;
  if (answer.body === null) return new Response(null, { status, headers });
  const { text, rest } = await beginningOf(answer.body, answer.ok);
  if (rest !== null) return new Response(rest, { status, headers });
  for (const name of ['content-length', 'transfer-encoding']) headers.delete(name);
  return new Response(hidden(text, disguises), { status, headers });
}

/** Of a header that repeats the key nobody needs the rest. */
function cleared(headers: Headers, disguises: string[]): Headers {
  const echoing = [...headers].filter(([, value]) => disguises.some((disguise) => value.includes(disguise)));
  const kept = new Headers(headers);
  for (const [name] of echoing) kept.delete(name);
  return kept;
}

/** The very bytes where there was nothing to hide. */
function hidden(body: Buffer<ArrayBuffer>, disguises: string[]): string | Buffer<ArrayBuffer> {
  const text = body.toString('utf8');
  if (!disguises.some((disguise) => text.includes(disguise))) return body;
  return disguises.reduce((rest, disguise) => rest.replaceAll(disguise, '[key]'), text);
}

/** As it is, encoded the usual ways, and each of these as it looks inside JSON, once and twice. */
function disguisesOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const base64 = bytes.toString('base64').replace(/=+$/, '');
  const forms = [
    secret,
    encodeURIComponent(secret),
    base64,
    bytes.toString('base64url'),
    hex,
    hex.toUpperCase(),
  ];
  return forms.flatMap((form) => [
    form,
    form.replaceAll('/', '\\/'),
    inJson(form),
    inJson(form).replaceAll('/', '\\/'),
    inJson(inJson(form)),
  ]);
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

type Beginning = { text: Buffer<ArrayBuffer>; rest: ReadableStream<Uint8Array> | null };

/** An error that breaks off is still the error it began as; a success that does so is none. */
async function beginningOf(body: ReadableStream<Uint8Array>, ok: boolean): Promise<Beginning> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  try {
    for (let bytes = 0; bytes < most; ) {
      const { value, done } = await reader.read();
      if (done) return { text: Buffer.concat(chunks), rest: null };
      chunks.push(value);
      bytes += value.byteLength;
    }
  } catch (error) {
    if (ok) throw error;
    return { text: Buffer.concat(chunks), rest: null };
  }
  if (ok) return { text: Buffer.alloc(0), rest: resumed(chunks, reader) };
  await reader.cancel().catch(() => undefined);
  return { text: Buffer.concat(chunks).subarray(0, most), rest: null };
}

function resumed(
  read: Uint8Array[],
  reader: ReadableStreamDefaultReader<Uint8Array>,
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(to) {
      const next = read.shift();
      if (next) return to.enqueue(next);
      const { value, done } = await reader.read();
      if (done) to.close();
      else to.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
