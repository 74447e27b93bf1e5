import 'server-only';
import { requestWords } from '#lib/model/conversation';
import { Distinct } from './distinct.ts';
import { type Lines, linesIn } from './lines-in.ts';
import { type TextPage, textPage } from './text-page.ts';

/** Some requests that follow one another, as flat arrays that pass between threads without being copied. */
export type RequestRun = {
  /** Ids as UTF-8, one behind the other. */
  ids: Uint8Array<ArrayBuffer>;
  idLengths: Uint32Array<ArrayBuffer>;
  offsets: Float64Array<ArrayBuffer>;
  lengths: Uint32Array<ArrayBuffer>;
  models: string[];
  /** By request, its place in `models` and one more; 0 where it names none. */
  modelOf: Uint32Array<ArrayBuffer>;
};

/** The requests of one range of an input file, and what is searched in them. */
export type RequestDigest = RequestRun & { names: TextPage; prompts: TextPage };

const decoder = new TextDecoder();
const longestModel = 200;

export function digestRequests(lines: Lines): RequestDigest {
  const ids: Buffer[] = [];
  const offsets: number[] = [];
  const lengths: number[] = [];
  const models = new Distinct<string>();
  const modelOf: number[] = [];
  const prompts: string[] = [];
  const names: string[] = [];
  linesIn(lines, (bytes, offset) => {
    const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    const end = bytes[bytes.length - 1] === 0x0d ? bytes.length - 1 : bytes.length;
    const text = decoder.decode(bytes.subarray(start, end));
    if (text.trim() === '') return;
    const line = JSON.parse(text) as RequestLine;
    ids.push(Buffer.from(line.custom_id));
    offsets.push(offset + start);
    lengths.push(end - start);
    names.push(line.custom_id);
    prompts.push(requestWords(line));
    modelOf.push(numberOf(models, (line.params ?? line.body)?.model));
  });
  return {
    ids: new Uint8Array(Buffer.concat(ids)),
    idLengths: Uint32Array.from(ids, ({ length }) => length),
    offsets: Float64Array.from(offsets),
    lengths: Uint32Array.from(lengths),
    models: models.list,
    modelOf: Uint32Array.from(modelOf),
    names: textPage(names),
    prompts: textPage(prompts),
  };
}

type RequestLine = { custom_id: string; params?: Modelled; body?: Modelled };
type Modelled = { model?: unknown };

function numberOf(models: Distinct<string>, given: unknown): number {
  if (typeof given !== 'string') return 0;
  const model = given.slice(0, longestModel);
  return models.numberOf(model, model);
}
