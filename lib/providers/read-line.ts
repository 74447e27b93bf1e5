import 'server-only';
import { answerOf, answerText, answerWords } from '#lib/model/conversation';
import { decimalToNano } from '#lib/model/money';
import type { Flag, Outcome, ResultRecord } from '#lib/model/result';
import { asNumber, asObject, asText, type Loose } from '#lib/model/unknown';
import { clean } from './clean.ts';
import { usageOf } from './usage-of.ts';

const decoder = new TextDecoder('utf-8');

/** One result line of any dialect's shapes. `withCost` trusts the sandbox's demo price. */
export function readLine(line: Uint8Array, withCost: boolean): ResultRecord {
  const text = decoder.decode(line);
  try {
    const object = asObject(JSON.parse(text));
    return object ? recordOf(object, withCost) : unparseable(text);
  } catch {
    return unparseable(text);
  }
}

function recordOf(line: Loose, withCost: boolean): ResultRecord {
  const response = asObject(line.response);
  const result = asObject(line.result);
  const body = asObject(result?.message ?? response?.body) ?? (response?.choices ? response : null);
  const httpStatus = response ? (asNumber(response.status_code) ?? asNumber(response.status)) : null;
  const error = errorOf(line.error) ?? errorOf(result?.error) ?? errorOf(body?.error);
  const outcome = outcomeOf(line, { error, httpStatus, result, response });
  const answer = answerOf(line);
  const failed = outcome !== 'succeeded';
  const words = error?.message ?? (failed ? answerText(answer) : null);
  const finishReason = answer.finishReason && clean(answer.finishReason, 64);
  return {
    customId: customIdOf(line.custom_id),
    outcome,
    flags: failed
      ? []
      : flagsOf(
          finishReason,
          answer.blocks.some((block) => block.type === 'refusal'),
        ),
    httpStatus,
    errorCode: failed ? clean(error?.code ?? codeFor(outcome, httpStatus, error), 64) : null,
    errorMessage: failed ? clean(words ?? '', 2_000) || 'The provider gave no reason.' : null,
    model: answer.model && clean(answer.model, 200),
    finishReason,
    usage: usageOf(body?.usage),
    costNano: withCost ? decimalToNano(asText(line.demo_cost) ?? '') : null,
    preview: clean(words ?? answerText(answer), 200),
    text: words ?? answerWords(answer),
  };
}

type Found = {
  error: Failure | null;
  httpStatus: number | null;
  result: Loose | null;
  response: Loose | null;
};
type Failure = { code: string | null; message: string };

/** The error's own word first, then a missing response, then the status, then an error inside the body. */
function outcomeOf(line: Loose, { error, httpStatus, result, response }: Found): Outcome {
  const type = asText(result?.type)?.toLowerCase();
  if (type === 'succeeded') return error ? 'failed' : 'succeeded';
  const word = error?.code ?? type;
  if (word === 'batch_expired' || word === 'expired') return 'expired';
  if (word && /^(batch_)?cancell?ed$/.test(word)) return 'cancelled';
  if (error || result || !response) return 'failed';
  if (httpStatus !== null && (httpStatus < 200 || httpStatus > 299)) return 'failed';
  return line.error && !asObject(line.error) ? 'failed' : 'succeeded';
}

function errorOf(value: unknown, depth = 0): Failure | null {
  const words = asText(value);
  if (words) return { code: null, message: words };
  const object = asObject(value);
  if (!object || Object.values(object).every(isNothing)) return null;
  if (object.error && depth < 4) return errorOf(object.error, depth + 1);
  const numeric = typeof object.code === 'number' ? String(object.code) : null;
  const code = asText(object.code) ?? asText(object.type) ?? numeric;
  return {
    code,
    message: asText(object.message) ?? asText(object.detail) ?? code ?? 'An error without words.',
  };
}

/** Some write an error for every line and fill it with nulls where there was none. */
function isNothing(value: unknown): boolean {
  return value === null || value === '';
}

function flagsOf(finishReason: string | null, refusalSeen: boolean): Flag[] {
  const reason = finishReason?.toLowerCase() ?? '';
  const refused = refusalSeen || reason === 'refusal' || reason === 'content_filter' || reason === 'safety';
  const truncated = cutShort.includes(reason);
  return [...(truncated ? (['truncated'] as const) : []), ...(refused ? (['refused'] as const) : [])];
}

const cutShort = ['length', 'max_tokens', 'max_output_tokens', 'model_context_window_exceeded'];

function codeFor(outcome: Outcome, httpStatus: number | null, error: Failure | null): string {
  if (outcome === 'expired') return 'batch_expired';
  if (outcome === 'cancelled') return 'batch_cancelled';
  if (httpStatus !== null && (httpStatus < 200 || httpStatus > 299)) return `http_${httpStatus}`;
  return error ? 'provider_error' : 'no_response';
}

function customIdOf(value: unknown): string | null {
  return typeof value === 'number' && Number.isSafeInteger(value)
    ? String(value)
    : (asText(value)?.toWellFormed() ?? null);
}

function unparseable(text: string): ResultRecord {
  return {
    customId: null,
    outcome: 'unparseable',
    flags: [],
    httpStatus: null,
    errorCode: 'unparseable',
    errorMessage: 'This line of the results is not a JSON object.',
    model: null,
    finishReason: null,
    usage: null,
    costNano: null,
    preview: clean(text, 200),
    text,
  };
}
