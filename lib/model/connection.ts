import type { Capabilities } from './capabilities.ts';

export const dialects = ['inline', 'openai', 'anthropic'] as const;
export type Dialect = (typeof dialects)[number];

export type PresetName =
  | 'sandbox'
  | 'infron'
  | 'siraya'
  | 'inline-compatible'
  | 'openai'
  | 'anthropic'
  | 'azure-openai'
  | 'groq'
  | 'openai-compatible'
  | 'portkey'
  | 'litellm'
  | 'vllm'
  | 'doubleword'
  | 'qwen'
  | 'kimi'
  | 'zhipu'
  | 'siliconflow'
  | 'novita'
  | 'deepinfra'
  | 'parasail';

export type ConnectionLimits = {
  requests: number | null;
  bytes: number | null;
  customIdPattern: string | null;
};

/** Coarse on purpose, so that a form is no scanner: what is wrong exactly stands in the words beside it. */
export const checkKinds = ['ready', 'unavailable', 'insecure', 'key_refused', 'not_batch_api'] as const;
export type CheckKind = (typeof checkKinds)[number];
export type ConnectionCheck = { at: string; kind: CheckKind; message: string };

/** What stands in `paused_why` where not a person but a refused key made the pause. */
export const pausedForKey = 'credential_rejected';

/** A connection as the screen and the API may see it: the key is a fingerprint, never a value. */
export type Connection = {
  id: string;
  name: string;
  preset: string;
  dialect: Dialect;
  baseUrl: string;
  keyHeader: string;
  key: { last4: string; fingerprint: string } | null;
  headers: Record<string, string>;
  limits: ConnectionLimits;
  discount: number | null;
  completionWindow: string | null;
  /** What its provider can do, with its own limits in it. */
  capabilities: Capabilities;
  /** Names of the fields a provisioning file set; those are read-only on screen. */
  setByFile: string[];
  /** Why it cannot be used just now, in words; null when ready. */
  locked: string | null;
  /** No call is made while it is paused. `by` is null where nobody but the clock did it. */
  paused: { at: string; by: string | null; why: string } | null;
  /** Whether batches wait because the provider refused its key. */
  keyRefused: boolean;
  /** What the last check found, of this address and key. */
  checked: ConnectionCheck | null;
  /** Its unfinished batches: at the provider, and still to be sent. */
  batches: { running: number; waiting: number };
  createdAt: string;
};
