/** Every address of the product, in one place. */
export const paths = {
  batches: '/batches',
  newBatch: '/batches/new',
  draft: (id: string) => `/batches/new?draft=${id}`,
  batch: (id: string) => `/batches/${id}`,
  result: (id: string, ordinal: number) => `/batches/${id}/r/${ordinal}`,
  compare: (id: string, sides: ComparedSides & { pair?: number } = {}) =>
    `/batches/${id}/compare${searchOf(sides)}`,
  files: '/files',
  file: (id: string) => `/files/${id}`,
  connections: '/connections',
  connection: (id: string) => `/connections/${id}`,
  settings: '/settings',
  signIn: (next?: string) => (next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'),
  setup: (token: string) => `/setup/${token}`,
  share: (token: string) => `/s/${token}`,
};

export const apiPaths = {
  health: '/api/health',
  setup: '/api/setup',
  session: '/api/session',
  files: '/api/files',
  file: (id: string) => `/api/files/${id}`,
  findings: (id: string) => `/api/files/${id}/findings`,
  content: (id: string) => `/api/files/${id}/content`,
  repairs: (id: string) => `/api/files/${id}/repairs`,
  batches: '/api/batches',
  batchChanges: '/api/batches/changes',
  batchChoices: '/api/batches/choices',
  batch: (id: string) => `/api/batches/${id}`,
  cancellation: (id: string) => `/api/batches/${id}/cancellation`,
  releases: (id: string) => `/api/batches/${id}/releases`,
  decision: (id: string) => `/api/batches/${id}/decision`,
  results: (id: string) => `/api/batches/${id}/results`,
  result: (id: string, ordinal: number) => `/api/batches/${id}/results/${ordinal}`,
  retries: (id: string) => `/api/batches/${id}/retries`,
  groups: (id: string) => `/api/batches/${id}/groups`,
  fields: (id: string) => `/api/batches/${id}/fields`,
  progress: (id: string) => `/api/batches/${id}/progress`,
  facets: (id: string) => `/api/batches/${id}/facets`,
  reconciliation: (id: string) => `/api/batches/${id}/reconciliation`,
  mismatch: (id: string, line: string) => `/api/batches/${id}/reconciliation/${line}`,
  mismatches: (id: string, kind: string) => `/api/batches/${id}/reconciliation/exports/${kind}`,
  export: (id: string, name: ExportName) => `/api/batches/${id}/exports/${name}`,
  compare: (id: string) => `/api/batches/${id}/compare`,
  pair: (id: string, pair: number) => `/api/batches/${id}/compare/${pair}`,
  othersToCompare: (id: string) => `/api/batches/${id}/compare/others`,
  pairFile: (id: string, name: PairFileName) => `/api/batches/${id}/compare/exports/${name}`,
  events: (id: string) => `/api/batches/${id}/events`,
  drafts: '/api/drafts',
  draft: (id: string) => `/api/drafts/${id}`,
  shares: (id: string) => `/api/batches/${id}/shares`,
  share: (id: string) => `/api/shares/${id}`,
  connections: '/api/connections',
  connection: (id: string) => `/api/connections/${id}`,
  connectionCheck: (id: string) => `/api/connections/${id}/check`,
  connectionPause: (id: string) => `/api/connections/${id}/pause`,
  connectionEvents: (id: string) => `/api/connections/${id}/events`,
  /** What a link alone may ask: the token stands in the path and reaches one batch. */
  sharedBatch: (token: string) => `/s/${token}/batch`,
  sharedResults: (token: string) => `/s/${token}/results`,
  resultBytes: (id: string, ordinal: number, side: 'request' | 'response') =>
    `/api/batches/${id}/results/${ordinal}/bytes?side=${side}`,
  sharedExport: (token: string, name: SharedExportName) => `/s/${token}/exports/${name}`,
  sharedResult: (token: string, ordinal: number) => `/s/${token}/results/${ordinal}`,
};

/** What a link for downloads gives; a member has the others too. */
export const sharedExportNames = ['input.jsonl', 'output.jsonl', 'results.csv'] as const;
export const exportNames = [...sharedExportNames, 'errors.jsonl', 'merged.jsonl', 'results.sqlite'] as const;
export type ExportName = (typeof exportNames)[number];
export const pairFileNames = ['pairs.csv', 'pairs.jsonl'] as const;
export type PairFileName = (typeof pairFileNames)[number];
export type SharedExportName = (typeof sharedExportNames)[number];

/** Only our own pages: never another origin, whatever the address says. */
export function safeNext(next: string | null | undefined): string {
  if (!next || !/^\/[A-Za-z0-9]/.test(next) || /[\\\s]/.test(next)) return paths.batches;
  return next;
}

/** Another batch, and on either side one attempt alone. */
export type ComparedSides = { with?: string; attempt?: number; withAttempt?: number };

function searchOf(params: Record<string, string | number | undefined>): string {
  const given = Object.entries(params).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}
