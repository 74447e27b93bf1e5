import 'server-only';
import { createHash } from 'node:crypto';

/** A conditional read: 304 while `versioned` is the same. What changes at every look travels beside it in headers. */
export function conditional(
  request: Request,
  body: unknown,
  versioned: unknown,
  beside: Record<string, string | null> = {},
): Response {
  const etag = `"${createHash('sha256').update(JSON.stringify(versioned)).digest('base64url').slice(0, 27)}"`;
  const headers = new Headers({ etag, 'cache-control': 'private, no-cache' });
  for (const [name, value] of Object.entries(beside)) if (value !== null) headers.set(name, value);
  const known = request.headers
    .get('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (known?.includes(etag)) return new Response(null, { status: 304, headers });
  return Response.json(body, { headers });
}
