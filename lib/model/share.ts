import type { BatchFacts } from './batch.ts';

export const shareScopes = ['status', 'results', 'downloads'] as const;
export type ShareScope = (typeof shareScopes)[number];

export type Share = {
  id: string;
  scope: ShareScope;
  expiresAt: string | null;
  recipient: string | null;
  redactPrompts: boolean;
  createdAt: string;
  createdBy: string;
  views: number;
  lastViewedAt: string | null;
};

/** What a link tells of a batch; `waits` while a person has to decide what became of it. */
export type SharedBatch = BatchFacts & { waits: boolean };
