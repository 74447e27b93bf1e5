import 'server-only';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { linesOf } from '#lib/jsonl/split-lines';
import { decodeUtf8 } from '#lib/jsonl/utf8';
import { asObject, asText } from '#lib/model/unknown';
import type { Contents, LineError } from '#lib/sandbox/batch';
import { modelNamed } from '#lib/sandbox/models/model';
import { createLedger } from './ledger.ts';

export type ReadFile = { kind: 'file'; contents: Contents } | { kind: 'errors'; errors: LineError[] };
export type FileJob = { kind: 'file'; folder: string; endpoint: string };

const most = { requests: 100_000, errors: 100 };

/** OpenAI's look at an uploaded file, after it has accepted the batch: every line in order, or the batch fails. */
export async function readFile({ folder, endpoint }: FileJob): Promise<ReadFile> {
  const ledger = createLedger();
  const errors: LineError[] = [];
  const seen: Seen = { ids: new Set(), model: null, endpoint };
  let end = 0;
  for await (const { bytes, line, offset, length } of linesOf(
    createReadStream(path.join(folder, 'requests.jsonl')),
  )) {
    end = offset + length;
    if (bytes && isBlank(bytes)) continue;
    const found = checkLine(bytes, seen);
    if ('code' in found) errors.push({ ...found, line });
    if (errors.length >= most.errors) break;
    if ('code' in found || !bytes) continue;
    if (ledger.requests === most.requests) return { kind: 'errors', errors: [tooMany] };
    const { customId, model } = found;
    ledger.add(bytes, offset, modelNamed(model), modelNamed(model).fate(customId, ledger.requests));
  }
  if (errors.length > 0) return { kind: 'errors', errors };
  if (ledger.requests === 0) return { kind: 'errors', errors: [empty] };
  return { kind: 'file', contents: ledger.write(folder, end) };
}

type Seen = { ids: Set<string>; model: string | null; endpoint: string };
type Problem = Omit<LineError, 'line'>;

function checkLine(bytes: Uint8Array | null, seen: Seen): { customId: string; model: string } | Problem {
  const request = bytes && parsed(bytes);
  if (!request) return problem('invalid_json_line', 'This line is not parseable as valid JSON.');
  for (const name of ['custom_id', 'method', 'url', 'body']) {
    if (request[name] === undefined || request[name] === null) return missing(name);
  }
  const customId = asText(request.custom_id);
  const body = asObject(request.body);
  if (!customId) return missing('custom_id');
  if (!body) return missing('body');
  if (seen.ids.has(customId)) {
    const words = `The custom_id '${customId.slice(0, 100)}' for this request is a duplicate of another request. The custom_id parameter must be unique for each request in a batch.`;
    return problem('duplicate_custom_id', words, 'custom_id');
  }
  seen.ids.add(customId);
  if (request.method !== 'POST') {
    return problem('invalid_method', "Invalid method: only 'POST' is supported.", 'method');
  }
  if (request.url !== seen.endpoint) {
    return problem(
      'url_mismatch',
      'The URL provided for this request does not match the batch endpoint.',
      'url',
    );
  }
  const model = asText(body.model);
  if (!model) return missing('body.model');
  seen.model ??= model;
  if (model !== seen.model) {
    const words = `The provided model '${model.slice(0, 100)}' does not match the model of the first request, '${seen.model.slice(0, 100)}'. All requests of a batch must name the same model.`;
    return problem('model_mismatch', words, 'body.model');
  }
  return { customId, model };
}

function missing(param: string): Problem {
  return problem('missing_required_parameter', `Missing required parameter: '${param}'.`, param);
}

function problem(code: string, message: string, param: string | null = null): Problem {
  return { code, message, param };
}

const empty: LineError = {
  ...problem(
    'empty_file',
    'The input file is empty. Please ensure that the batch contains at least one request.',
  ),
  line: null,
};
const tooMany: LineError = {
  ...problem('too_many_tasks', `The batch holds more requests than the ${most.requests} that are allowed.`),
  line: null,
};

function parsed(bytes: Uint8Array): Record<string, unknown> | null {
  const text = decodeUtf8(bytes);
  try {
    return text === null ? null : asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 32 || byte === 13 || byte === 9);
}
