import 'server-only';
import { asNumber, asObject, asText, type Loose } from '#lib/model/unknown';
import { Refused } from '#lib/sandbox/answer';
import type { FileShelf, ShelvedFile } from '#lib/sandbox/file-shelf';
import { bodies } from './result-line.ts';

export type CheckedOrder = {
  input: ShelvedFile;
  endpoint: string;
  metadata: Record<string, string> | null;
  outputsLastMs: number | null;
};

/** What is refused when a batch is created; the lines of its file are looked at later. */
export function checkOrder(files: FileShelf, now: number, given: Loose): CheckedOrder {
  return {
    input: inputFile(files, now, given),
    endpoint: endpointOf(given),
    metadata: metadataOf(given.metadata),
    outputsLastMs: lastingMs(given.output_expires_after, 'output_expires_after'),
  };
}

function inputFile(files: FileShelf, now: number, given: Loose): ShelvedFile {
  const id = asText(given.input_file_id);
  if (!id) throw missing('input_file_id');
  const found = files.find(id);
  if (!found || (found.file.expiresAt !== null && found.file.expiresAt <= now)) {
    throw wrong('input_file_id', `No such File object: ${id.slice(0, 100)}`);
  }
  if (found.file.purpose !== 'batch') {
    throw wrong('input_file_id', `Invalid file purpose '${found.file.purpose}': it must be 'batch'.`);
  }
  return found;
}

function endpointOf(given: Loose): string {
  const endpoint = asText(given.endpoint);
  if (!endpoint) throw missing('endpoint');
  if (!Object.hasOwn(bodies, endpoint)) throw invalid('endpoint', endpoint, Object.keys(bodies));
  const window = asText(given.completion_window);
  if (!window) throw missing('completion_window');
  if (window !== '24h') throw invalid('completion_window', window, ['24h']);
  return endpoint;
}

function metadataOf(value: unknown): Record<string, string> | null {
  if (value === undefined || value === null) return null;
  const pairs = asObject(value);
  if (!pairs) throw wrong('metadata', "Invalid type for 'metadata': expected an object.");
  const entries = Object.entries(pairs);
  if (entries.length > 16) throw wrong('metadata', "Invalid 'metadata': too many properties, at most 16.");
  for (const [key, text] of entries) {
    if (key.length > 64) throw wrong('metadata', "Invalid 'metadata': a key has more than 64 characters.");
    if (typeof text !== 'string' || text.length > 512) {
      throw wrong(
        `metadata.${key}`,
        `Invalid 'metadata.${key}': expected a string of at most 512 characters.`,
      );
    }
  }
  return pairs as Record<string, string>;
}

/** An hour to thirty days, counted from the creation of the file. */
export function lastingMs(value: unknown, param: string): number | null {
  if (value === undefined || value === null) return null;
  const given = asObject(value);
  const seconds = asNumber(given?.seconds);
  if (given?.anchor !== 'created_at') throw invalid(`${param}.anchor`, String(given?.anchor), ['created_at']);
  if (seconds === null || seconds < 3_600 || seconds > 2_592_000) {
    throw wrong(`${param}.seconds`, `Invalid '${param}.seconds': expected a number from 3600 to 2592000.`);
  }
  return seconds * 1000;
}

function missing(param: string): Refused {
  return wrong(param, `Missing required parameter: '${param}'.`, 'missing_required_parameter');
}

function invalid(param: string, value: string, allowed: string[]): Refused {
  const list = allowed.map((one) => `'${one}'`).join(', ');
  return wrong(param, `Invalid value: '${value.slice(0, 100)}'. Supported values are: ${list}.`);
}

function wrong(param: string, words: string, code = 'invalid_value'): Refused {
  return new Refused(words, { param, code, dialect: 'openai' });
}
