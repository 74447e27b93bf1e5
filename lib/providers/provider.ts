import 'server-only';
import type { CountsAre } from '#lib/model/batch';
import type { ResultRecord } from '#lib/model/result';

/** What a provider can do. Screens and verbs ask this and never test a name. */
export type Capabilities = {
  /** The file dialect whose lines this provider takes as they are. */
  lines: 'params' | 'openai';
  countsAre: CountsAre;
  canCancel: boolean;
  /** Whether a lost create can be looked for: the provider lists its batches and gives our nonce back. */
  canFindByNonce: boolean;
  mixedModels: boolean;
  /** What a cost in its answers is: a price that somebody pays, or the sandbox's labelled demo. */
  costSource: 'provider' | 'demo';
  maxRequests: number | null;
  maxBytes: number | null;
  windowHours: number;
};

export const defaultCapabilities: Capabilities = {
  lines: 'params',
  countsAre: 'final-only',
  canCancel: true,
  canFindByNonce: false,
  mixedModels: true,
  costSource: 'provider',
  maxRequests: null,
  maxBytes: null,
  windowHours: 24,
};

/** Where a batch stands at the provider, in our words. An unknown word keeps polling. */
export type ProviderState =
  | 'pending'
  | 'running'
  | 'finishing'
  | 'cancelling'
  | 'completed'
  | 'failed'
  | 'expired'
  | 'cancelled'
  | 'unknown';

export type ProviderReport = {
  providerBatchId: string | null;
  state: ProviderState;
  rawStatus: string;
  /** Null while nobody counts: all zero before the end is not a count. */
  counts: { total: number | null; succeeded: number | null; failed: number | null } | null;
  /** The provider's own percentage, where it gives one. */
  progress: number | null;
  expiresAt: number | null;
  errors: { code: string | null; message: string; line: number | null }[];
  /** Where results can be fetched besides the status address, in a terminal state. */
  resultUrls: string[];
  costNano: number | null;
  /** The body as it came, cut at 8 kB and cleaned of control characters. */
  raw: string;
};

/**
 * Sends one request to the bound origin with the key attached. `path` continues the base URL: `/batches`.
 * With `bare` it is an absolute URL a provider named, fetched through outbound with every address check
 * and without key or custom headers.
 */
export type ProviderFetch = (
  path: string,
  init: {
    method: 'GET' | 'POST' | 'DELETE';
    headers?: Record<string, string>;
    body?: AsyncIterable<Uint8Array> | string;
    signal?: AbortSignal;
    bare?: boolean;
  },
) => Promise<Response>;

/** No usable answer just now. Thrown by `results` and `find`, and while a stream of results is read. */
export class ProviderTrouble extends Error {
  readonly retryAfterMs: number | null;

  constructor(message: string, retryAfterMs: number | null = null) {
    super(message);
    this.name = 'ProviderTrouble';
    this.retryAfterMs = retryAfterMs;
  }
}

export type CreateInput = {
  nonce: string;
  /** The request lines, one chunk each, without their line ends: exactly the uploaded bytes. */
  lines: AsyncIterable<Uint8Array>;
  endpoint: string | null;
  completionWindow: string | null;
};

/** `refused` is final with the provider's words; `lost` means it may or may not have been accepted. */
export type CreateAnswer =
  | { kind: 'accepted'; report: ProviderReport & { providerBatchId: string } }
  | { kind: 'refused'; code: string; message: string; httpStatus: number }
  | { kind: 'credential_rejected'; message: string; httpStatus: number }
  | { kind: 'wait'; retryAfterMs: number | null; message: string }
  | { kind: 'not_sent'; message: string }
  | { kind: 'lost'; message: string };

export type PollAnswer =
  | { kind: 'report'; report: ProviderReport }
  /**
   * The status address turned into the results: read this stream to its end, it is fetched once.
   * Chunks are JSONL bytes as they came and need not end where lines do.
   */
  | { kind: 'results'; lines: AsyncIterable<Uint8Array>; report: ProviderReport | null }
  | { kind: 'not_found' }
  | { kind: 'credential_rejected'; message: string }
  | { kind: 'trouble'; message: string; retryAfterMs: number | null };

export type Provider = {
  capabilities: Capabilities;
  /** One create call, never repeated inside. */
  create(fetch: ProviderFetch, input: CreateInput): Promise<CreateAnswer>;
  poll(fetch: ProviderFetch, providerBatchId: string): Promise<PollAnswer>;
  /** JSONL bytes of a terminal report, one stream for each of its `resultUrls`. */
  results(fetch: ProviderFetch, report: ProviderReport): Promise<AsyncIterable<Uint8Array>[]>;
  cancel(fetch: ProviderFetch, providerBatchId: string): Promise<PollAnswer>;
  find(fetch: ProviderFetch, nonce: string): Promise<ProviderReport[]>;
  /** Pure: one result line into our words. Never throws; what it cannot read is `unparseable`. */
  readLine(line: Uint8Array): ResultRecord;
};
