import 'server-only';

const most = 65_536;
const least = 6;

/** Gateways like to repeat a wrong key in their complaint: it ends here, before anybody stores or shows those words. */
export async function withoutEcho(answer: Response, secrets: string[]): Promise<Response> {
  if (answer.ok || answer.body === null) return answer;
  const disguises = secrets
    .filter((secret) => secret.length >= least)
    .flatMap(disguisesOf)
    .sort((a, b) => b.length - a.length);
  const text = await beginningOf(answer.body);
  const cleaned = disguises.reduce((rest, disguise) => rest.replaceAll(disguise, '[key]'), text);
  const headers = new Headers(answer.headers);
  for (const name of ['content-length', 'transfer-encoding']) headers.delete(name);
  return new Response(cleaned, { status: answer.status, headers });
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
  return forms.flatMap((form) => [form, inJson(form), inJson(inJson(form))]);
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** An error that breaks off is still the error it began as. */
async function beginningOf(body: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes >= most) break;
    }
  } catch {
    // What has arrived so far is what there is to say.
  }
  return Buffer.concat(chunks).subarray(0, most).toString('utf8');
}
