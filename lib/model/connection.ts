export type Dialect = 'inline' | 'openai' | 'anthropic';
export type PresetName = 'sandbox' | 'infron' | 'siraya' | 'inline-compatible';

export type ConnectionLimits = {
  requests: number | null;
  bytes: number | null;
  customIdPattern: string | null;
};

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
  /** Names of the fields a provisioning file set; those are read-only on screen. */
  setByFile: string[];
  /** Why it cannot be used just now, in words; null when ready. */
  locked: string | null;
  createdAt: string;
};
