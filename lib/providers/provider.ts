import 'server-only';
import type { Capabilities } from '#lib/model/capabilities';
import type { ResultRecord } from '#lib/model/result';

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

export type ProviderCounts = Record<
  'total' | 'succeeded' | 'failed' | 'cancelled' | 'expired',
  number | null
>;

/** Where results stand: a file of the provider's, or an address it named. */
export type ResultRef =
  | { kind: 'file'; id: string; role: 'output' | 'error' }
  | { kind: 'url'; url: string; role: 'output' };

export type ProviderReport = {
  providerBatchId: string | null;
  state: ProviderState;
  rawStatus: string;
  /** Null while nobody counts: all zero before the end is not a count. */
  counts: ProviderCounts | null;
  /** The provider's own percentage, where it gives one. */
  progress: number | null;
  expiresAt: number | null;
  errors: { code: string | null; message: string; line: number | null }[];
  /** Where results can be fetched besides the status address, in a terminal state. */
  resultRefs: ResultRef[];
  /** Over, yet results its counts tell of are not among the references: look a few times more before it ends like this. */
  resultsExpected?: boolean;
  createdAt: number | null;
  /** The file it was made from, where the provider takes files. */
  inputFileId: string | null;
  costNano: number | null;
  /** The body as it came, cut at 8 kB and cleaned of control characters. */
  raw: string;
};

/**
 * Sends one request to the bound origin with the key attached. `path` continues what ends in `/v1`: `/batches`.
 * With `bare` it is an absolute URL a provider named, fetched through outbound with every address check
 * and without key or custom headers. With `named` it is such a URL too, but on the bound origin, and the key
 * goes along; on any other origin nothing leaves.
 */
export type ProviderFetch = (
  path: string,
  init: {
    method: 'GET' | 'POST' | 'DELETE';
    headers?: Record<string, string>;
    body?: AsyncIterable<Uint8Array> | string;
    signal?: AbortSignal;
    bare?: boolean;
    named?: boolean;
    /** The answer is read whole, so outbound may cut it off early; the rule for all but GET. */
    small?: boolean;
  },
) => Promise<Response>;

/** No usable answer just now. Thrown by `results` and `find`, and while a stream of results is read. */
export class ProviderTrouble extends Error {
  readonly retryAfterMs: number | null;
  /** Null where no answer came or an answer of success was none. */
  readonly httpStatus: number | null;

  constructor(message: string, retryAfterMs: number | null = null, httpStatus: number | null = null) {
    super(message);
    this.name = 'ProviderTrouble';
    this.retryAfterMs = retryAfterMs;
    this.httpStatus = httpStatus;
  }
}

export type CreateInput = {
  nonce: string;
  /** The request lines, one chunk each, without their line ends: exactly the uploaded bytes. Each call reads them anew. */
  lines: () => AsyncIterable<Uint8Array>;
  requests: number;
  endpoint: string | null;
  completionWindow: string | null;
  /** The person's own pairs; the nonce is added where it fits. */
  metadata: Record<string, string>;
  /** What `upload` answered, where the provider takes files. */
  inputFileId: string | null;
};

/** Uploading costs nothing and creates no batch, so it may be repeated; `processing` means: ask again with this id. */
export type UploadAnswer =
  | { kind: 'uploaded'; fileId: string }
  | { kind: 'processing'; fileId: string; retryAfterMs: number | null }
  | { kind: 'refused'; code: string; message: string; httpStatus: number }
  | { kind: 'credential_rejected'; message: string; httpStatus: number }
  | { kind: 'trouble'; message: string; retryAfterMs: number | null };

/** `refused` is final with the provider's words; `lost` means it may or may not have been accepted. */
export type CreateAnswer =
  | { kind: 'accepted'; report: ProviderReport & { providerBatchId: string } }
  | { kind: 'refused'; code: string; message: string; httpStatus: number }
  | { kind: 'credential_rejected'; message: string; httpStatus: number }
  | { kind: 'wait'; retryAfterMs: number | null; message: string }
  | { kind: 'not_sent'; message: string }
  | { kind: 'lost'; message: string };

export type PollAnswer =
  /** `retryAfterMs` is how long it wishes to be left alone, also while all is well. */
  | { kind: 'report'; report: ProviderReport; retryAfterMs?: number | null }
  /**
   * The status address turned into the results: read this stream to its end, it is fetched once.
   * Chunks are JSONL bytes as they came and need not end where lines do.
   */
  | { kind: 'results'; lines: AsyncIterable<Uint8Array>; report: ProviderReport | null }
  | { kind: 'not_found' }
  | { kind: 'credential_rejected'; message: string }
  | { kind: 'trouble'; message: string; retryAfterMs: number | null };

/**
 * What a look found that creates nothing and costs nothing. `not_batch_api`: somebody answered, but not as this
 * dialect does. Words are ours, or the provider's where they came in the shape of its errors.
 */
export type CheckAnswer =
  | { kind: 'ready' }
  | { kind: 'credential_rejected' | 'not_batch_api' | 'trouble'; message: string };

/** A create call whose answer was lost, as the provider may know it. */
export type Lost = {
  nonce: string;
  inputFileId: string | null;
  sentAt: number;
  requests: number;
};

/** `sure` where it bears our nonce or names our file; else only its time and size fit. */
export type Candidate = { report: ProviderReport & { providerBatchId: string }; sure: boolean };

export type ResultSource = { role: ResultRef['role']; open(): Promise<AsyncIterable<Uint8Array>> };

export type Provider = {
  capabilities: Capabilities;
  /** Null where lines travel inside the create call. */
  upload: ((fetch: ProviderFetch, input: CreateInput) => Promise<UploadAnswer>) | null;
  /** One create call, never repeated inside. */
  create(fetch: ProviderFetch, input: CreateInput): Promise<CreateAnswer>;
  poll(fetch: ProviderFetch, providerBatchId: string): Promise<PollAnswer>;
  /** One source for each of a terminal report's `resultRefs`, opened one after the other; opening throws `ProviderTrouble`. */
  results(fetch: ProviderFetch, report: ProviderReport): ResultSource[];
  cancel(fetch: ProviderFetch, providerBatchId: string): Promise<PollAnswer>;
  /** What of the provider's list may be the lost one; throws `ProviderTrouble`. */
  find(fetch: ProviderFetch, lost: Lost): Promise<Candidate[]>;
  /** The cheapest harmless GET; throws what outbound throws. */
  check(fetch: ProviderFetch): Promise<CheckAnswer>;
  /** Pure: one result line into our words. Never throws; what it cannot read is `unparseable`. */
  readLine(line: Uint8Array): ResultRecord;
};
