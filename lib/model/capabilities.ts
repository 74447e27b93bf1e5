import type { CountsAre } from './batch.ts';
import type { FileDialect } from './file.ts';

/** What a connection's provider can do. Screens and verbs ask this and never test a name. */
export type Capabilities = {
  /** The file dialect whose lines are taken as they are. */
  lines: FileDialect;
  /** What a line's `url` may be; null where lines name no endpoint. */
  endpoints: string[] | null;
  maxRequests: number | null;
  maxBytes: number | null;
  customIdPattern: string | null;
  mixedModels: boolean;
  mixedEndpoints: boolean;
  /** Completion windows to choose from, the usual one first; empty where none can be asked for. */
  windows: string[];
  /** Whether a batch that outlives its window is ended by the provider. */
  expires: boolean;
  countsAre: CountsAre;
  canCancel: boolean;
  canList: boolean;
  /** How a lost create is found again in the list: by our nonce, by the uploaded file, or by time and size alone. */
  findsBy: 'nonce' | 'file' | 'window' | null;
  /** Whether pairs of the person's own travel with the batch. */
  takesMetadata: boolean;
  separateErrorFile: boolean;
  /** Whether 503 at create says for certain that nothing was accepted. */
  unavailableIsUnsent: boolean;
  /** How long results can be fetched, where the provider says, and from when on. */
  retentionDays: number | null;
  retentionFrom: 'end' | 'creation';
  /** What a cost in its answers is: a price that somebody pays, or the sandbox's labelled demo. */
  costSource: 'provider' | 'demo';
};

export const defaultCapabilities: Capabilities = {
  lines: 'params',
  endpoints: null,
  maxRequests: null,
  maxBytes: null,
  customIdPattern: null,
  mixedModels: true,
  mixedEndpoints: true,
  windows: [],
  expires: true,
  countsAre: 'final-only',
  canCancel: true,
  canList: false,
  findsBy: null,
  takesMetadata: false,
  separateErrorFile: false,
  unavailableIsUnsent: false,
  retentionDays: null,
  retentionFrom: 'end',
  costSource: 'provider',
};
