import 'server-only';
import { asList, asNumber, asObject, asText } from '#lib/model/unknown';
import { clean } from './clean.ts';
import type { ProviderReport } from './provider.ts';

type Problems = ProviderReport['errors'];

const most = 100;

/** What a provider says is wrong with a batch: words, one object, a list of either, or `{data: […]}`. */
export function problemsOf(...values: unknown[]): Problems {
  return values.flatMap((value) => read(value)).slice(0, most);
}

function read(value: unknown): Problems {
  const words = asText(value);
  if (words) return [{ code: null, message: clean(words, 500), line: null }];
  const list = asList(value) ?? asList(asObject(value)?.data);
  if (list) return list.slice(0, most).flatMap(one);
  return one(value);
}

function one(value: unknown): Problems {
  const words = asText(value);
  if (words) return [{ code: null, message: clean(words, 500), line: null }];
  const object = asObject(value);
  const message = asText(object?.message) ?? asText(object?.code);
  if (!object || !message) return object?.error ? one(object.error) : [];
  const code = asText(object.code) ?? asText(object.type);
  return [{ code: code && clean(code, 64), message: clean(message, 500), line: asNumber(object.line) }];
}
