/** One line of the sandbox's journal: one for each call that reached it, on disk before its answer leaves. */
export type JournalEntry = {
  t: number;
  /** The batch or file, as soon as it is known; empty where there is none. */
  id: string;
  method: string;
  path: string;
  dialect: string;
  bodySha256: string | null;
  /** A mark of the key, never the key. */
  keySha256: string | null;
  requests: number;
  /** Whether it was carried out, whatever the answer said and whether one came. */
  accepted: boolean;
  /** What was answered; 0 where the connection broke. */
  status: number;
  nonce: string | null;
  /** Under a fault script: its mark, and what the call was counted as. */
  script?: string;
  calls?: string[];
  subject?: string;
};

/** Whether a batch came to be by this call, in whatever dialect. */
export function isCreate(entry: Pick<JournalEntry, 'method' | 'path' | 'accepted'>): boolean {
  const { method, path, accepted } = entry;
  return accepted && method === 'POST' && (path === '/v1/batches' || path === '/v1/messages/batches');
}
