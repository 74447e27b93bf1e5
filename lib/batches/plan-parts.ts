import 'server-only';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { OpenedFile } from '#lib/files/open-file';
import { type RequestLine, requestLinesIn } from '#lib/files/read-lines';

type Limits = { maxRequests: number | null; maxBytes: number | null };
/** Ordinals and bytes from the first to the last; no bytes where it is the whole file. */
export type PlannedPart = {
  first: number;
  last: number;
  firstByte: number | null;
  lastByte: number | null;
};

/** How many parts a file makes where one batch of the provider's holds no more than this. */
export async function planParts(ctx: Context, source: OpenedFile, limits: Limits): Promise<PlannedPart[]> {
  const { requests, bytes } = source.file;
  const fits = requests <= (limits.maxRequests ?? requests) && bytes <= (limits.maxBytes ?? bytes);
  if (fits) return [{ first: 1, last: requests, firstByte: null, lastByte: null }];
  return split(requestLinesIn(ctx.blobs, source.blobKey), limits);
}

const mostParts = 1_000;

async function split(
  lines: AsyncIterable<RequestLine>,
  { maxRequests, maxBytes }: Limits,
): Promise<PlannedPart[]> {
  const parts: PlannedPart[] = [];
  const most = { requests: maxRequests ?? Infinity, bytes: maxBytes ?? Infinity };
  let open: { part: PlannedPart; bytes: number } | null = null;
  let ordinal = 0;
  for await (const { bytes, offset } of lines) {
    ordinal += 1;
    const size = bytes.length + 1;
    if (size > most.bytes) throw tooLong(ordinal, size, most.bytes);
    if (!open || ordinal - open.part.first >= most.requests || open.bytes + size > most.bytes) {
      if (parts.length === mostParts) throw tooMany();
      open = { part: { first: ordinal, last: ordinal, firstByte: offset, lastByte: null }, bytes: 0 };
      parts.push(open.part);
    }
    open.part.last = ordinal;
    open.part.lastByte = offset + bytes.length - 1;
    open.bytes += size;
  }
  return parts;
}

function tooMany(): Refusal {
  return new Refusal(
    'too_large',
    `With the limits of this connection the file would make more than ${mostParts} parts. Raise its limits or split the file.`,
  );
}

function tooLong(ordinal: number, size: number, most: number): Refusal {
  return new Refusal(
    'too_large',
    `Request ${ordinal} alone has ${size} bytes, and this connection takes at most ${most} in a batch.`,
  );
}
