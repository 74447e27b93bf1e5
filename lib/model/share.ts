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
