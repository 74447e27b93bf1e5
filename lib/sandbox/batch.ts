import 'server-only';

/** What stands on disk of a batch. Where it is follows from this and the clock alone. */
export type SandboxBatch = {
  id: string;
  fileId: string;
  taskId: number;
  createdAt: number;
  bodySha256: string;
  bytes: number;
  requests: number;
  metadata: Record<string, unknown> | null;
  nonce: string | null;
  durationMs: number;
  /** Whether it keeps its counts to itself until it is over. */
  quiet: boolean;
  /** How many of the first n percent of the requests fail, and how many are never answered; 0 to 100. */
  failed: number[];
  silent: number[];
};

export type Cancellation = { askedAt: number };

/** The requests among the first `percent` percent. */
export function upTo(percent: number, requests: number): number {
  return Math.floor((percent * requests) / 100);
}
