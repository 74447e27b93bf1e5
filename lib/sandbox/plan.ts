import 'server-only';
import type { Dialect } from '#lib/model/connection';
import type { FaultCall } from '#lib/model/sandbox-fault-script';
import type { Answer } from './answer.ts';
import type { SandboxRequest } from './sandbox.ts';

/** A call on its way in: where it goes, and its body with the hash that is known once it has been read. */
export type Call = Pick<SandboxRequest, 'method' | 'headers' | 'body' | 'signal'> & {
  url: URL;
  /** The path behind `/v1`, decoded. */
  parts: string[];
  /** What stands before `/v1` for the one who asks. */
  origin: string;
  bodySha256(): string | null;
  caller: string;
};

/** Faults that change what is said rather than whether. */
export type Seen = { regress?: boolean; lag?: boolean };

/** What a call comes to, read to its end but not carried out: a fault may come in between. */
export type Plan = {
  dialect: Dialect;
  calls: FaultCall[];
  /** What such calls are counted by: the batch, or what is being sent. */
  subject: string;
  id: string;
  requests?: number;
  nonce?: string | null;
  carryOut(seen: Seen): Answer | Promise<Answer>;
  /** What was received is not wanted after all. */
  letGo?(): Promise<void>;
};
