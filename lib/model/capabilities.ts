import type { CountsAre } from './batch.ts';
import type { ConnectionLimits, Dialect } from './connection.ts';
import { dialectStarts, gatewayRoute } from './dialect-starts.ts';
import type { FileDialect } from './file.ts';
import { presetNamed } from './preset.ts';

/** What a connection's provider can do. Screens and verbs ask this and never test a name. */
export type Capabilities = {
  /** The file dialect whose lines are taken as they are. */
  lines: FileDialect;
  /** What a line's `url` may be, the usual one first; null where lines name no endpoint. */
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
  /** The header by which a gateway is told where to go, and what it may say; a batch may override it. */
  route: { header: string; values: string[] } | null;
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
  route: null,
};

/** Where a dialect differs from the defaults. What a preset says goes before it. */
const dialectCapabilities: Record<Dialect, Partial<Capabilities>> = {
  inline: {},
  openai: {
    lines: 'openai',
    endpoints: ['/v1/chat/completions', '/v1/responses', '/v1/completions', '/v1/embeddings'],
    mixedEndpoints: false,
    windows: ['24h'],
    countsAre: 'live',
    canList: true,
    findsBy: 'nonce',
    takesMetadata: true,
    separateErrorFile: true,
  },
  anthropic: {
    canList: true,
    findsBy: 'window',
    retentionDays: 29,
    retentionFrom: 'creation',
  },
};

/** Dialect, then preset, then the connection's own limits, where null lifts a limit. */
export function capabilitiesOf(of: {
  dialect: Dialect;
  preset: string;
  limits?: Partial<ConnectionLimits>;
  /** Names of the headers it sends: one that tells a gateway where to go makes any server a gateway. */
  headers?: string[];
}): Capabilities {
  const preset = presetNamed(of.preset);
  const known = preset?.dialect === of.dialect ? preset.limits : dialectStarts[of.dialect].limits;
  const { requests, bytes, customIdPattern } = { ...known, ...of.limits };
  return {
    ...defaultCapabilities,
    ...dialectCapabilities[of.dialect],
    ...(isTold(of) ? { route: gatewayRoute } : {}),
    ...preset?.can[of.dialect],
    maxRequests: requests,
    maxBytes: bytes,
    customIdPattern,
  };
}

function isTold({ dialect, headers = [] }: { dialect: Dialect; headers?: string[] }): boolean {
  const { header } = gatewayRoute;
  return headers.includes(header) && dialectStarts[dialect].publicHeaders.includes(header);
}
