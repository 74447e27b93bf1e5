import 'server-only';
import type { ProviderReport } from './provider.ts';

/** What is known where the provider told nothing. */
export const silentReport: ProviderReport = {
  providerBatchId: null,
  state: 'unknown',
  rawStatus: '',
  counts: null,
  progress: null,
  expiresAt: null,
  errors: [],
  resultRefs: [],
  createdAt: null,
  inputFileId: null,
  costNano: null,
  raw: '',
};
