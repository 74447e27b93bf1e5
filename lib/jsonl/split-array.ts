import { maxLineBytes } from './split-lines.ts';
import { createValueScanner, isSpace, shown } from './value-scanner.ts';

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openArray = 0x5b;
const closeArray = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/** The document is not `{"requests": […], …}`; `offset` is the byte at which that became clear. */
export class DocumentError extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(`Byte ${offset}: ${message}`);
    this.name = 'DocumentError';
    this.offset = offset;
  }
}

/** A whole document, but without the array. */
export class NoArrayError extends DocumentError {}

/** Yields each element's own bytes. `members` holds the document's other members once the last one is out. */
export type RequestStream = AsyncGenerator<Uint8Array> & { members: Map<string, unknown> };

type Options = { maxElementBytes?: number; maxMemberBytes?: number; member?: string };

/** Takes a document with one long array, `requests` unless told, apart as it arrives; no more than one element is held. */
export function splitRequests(source: AsyncIterable<Uint8Array>, options: Options = {}): RequestStream {
  const members = new Map<string, unknown>();
  return Object.assign(walk(source, members, options), { members });
}

type Step =
  | 'document'
  | 'first key'
  | 'key'
  | 'colon'
  | 'value'
  | 'after value'
  | 'first element'
  | 'element'
  | 'after element'
  | 'end';

async function* walk(
  source: AsyncIterable<Uint8Array>,
  members: Map<string, unknown>,
  { maxElementBytes = maxLineBytes, maxMemberBytes = 1024 * 1024, member = 'requests' }: Options,
): AsyncGenerator<Uint8Array> {
  let step: Step = 'document';
  let key = '';
  let seenMember = false;
  let memberBytes = 0;
  let base = 0;
  let started = 0;
  const value = createValueScanner();

  for await (const chunk of source) {
    for (let i = 0; i < chunk.length; ) {
      const at = value.busy ? started : base + i;
      const byte = chunk[i] ?? 0;
      if (value.busy) {
        i = value.scan(chunk, i);
        const limit = step === 'element' ? maxElementBytes : maxMemberBytes - memberBytes;
        if (value.length > limit) throw new DocumentError(at, `${named(step, key)} is too large.`);
        if (value.busy) continue;
        const bytes = value.take();
        if (step === 'element') {
          yield bytes;
          step = 'after element';
        } else if (step === 'key') {
          key = String(parsed(bytes, at, 'a member name'));
          memberBytes += bytes.length;
          step = 'colon';
        } else {
          memberBytes += bytes.length;
          members.set(key, parsed(bytes, at, named(step, key)));
          step = 'after value';
        }
        continue;
      }
      if (isSpace(byte)) {
        i++;
        continue;
      }
      started = at;
      switch (step) {
        case 'document':
          expect(byte === openObject, at, 'The document must be an object that starts with `{`', byte);
          step = 'first key';
          i++;
          break;
        case 'first key':
        case 'key':
          if (step === 'first key' && byte === closeObject) {
            step = 'end';
            i++;
            break;
          }
          expect(byte === quote, at, 'A member name in quotes must stand here', byte);
          step = 'key';
          value.start(byte);
          break;
        case 'colon':
          expect(byte === colon, at, 'A colon must follow the member name', byte);
          step = 'value';
          i++;
          break;
        case 'value':
          if (key === member) {
            if (seenMember) throw new DocumentError(at, `\`${member}\` appears twice.`);
            expect(byte === openArray, at, `\`${member}\` must be an array`, byte);
            seenMember = true;
            step = 'first element';
            i++;
          } else {
            if (members.has(key)) throw new DocumentError(at, `${named(step, key)} appears twice.`);
            expect(value.canStart(byte), at, 'A value must stand here', byte);
            value.start(byte);
          }
          break;
        case 'after value':
          expect(byte === comma || byte === closeObject, at, 'A comma or `}` must follow the value', byte);
          step = byte === comma ? 'key' : 'end';
          i++;
          break;
        case 'first element':
        case 'element':
          if (step === 'first element' && byte === closeArray) {
            step = 'after value';
            i++;
            break;
          }
          expect(value.canStart(byte), at, 'A request must stand here', byte);
          step = 'element';
          value.start(byte);
          break;
        case 'after element':
          expect(byte === comma || byte === closeArray, at, 'A comma or `]` must follow the request', byte);
          step = byte === comma ? 'element' : 'after value';
          i++;
          break;
        case 'end':
          throw new DocumentError(at, `Nothing may follow the document, but ${shown(byte)} does.`);
      }
    }
    base += chunk.length;
  }
  if (step !== 'end') throw new DocumentError(base, 'The document ends before it is complete.');
  if (!seenMember) throw new NoArrayError(base, `The document has no \`${member}\` array.`);
}

function expect(holds: boolean, at: number, message: string, found: number): void {
  if (!holds) throw new DocumentError(at, `${message}, not ${shown(found)}.`);
}

function named(step: Step, key: string): string {
  if (step === 'element') return 'A request';
  return step === 'key' ? 'A member name' : `\`${key.slice(0, 100)}\``;
}

function parsed(bytes: Uint8Array, at: number, what: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new DocumentError(at, `${what} is not valid JSON.`);
  }
}
