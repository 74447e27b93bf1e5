import type { BatchForm } from './request-form/form.ts';

/** A form somebody has begun, kept by the server while it is typed. */
export type Draft = DraftSummary & { form: BatchForm };

export type DraftSummary = {
  id: string;
  name: string;
  connectionId: string | null;
  /** Who behind its gateway is to get it; null for whom the connection names. */
  route: string | null;
  requests: number;
  /** What keeps it from being sent, by the checks of the form. */
  errors: number;
  /** Counts every save. Whoever saves names the one they started from. */
  revision: number;
  createdBy: string;
  createdAt: string;
  updatedBy: string;
  updatedAt: string;
};

export const draftIdPattern = /^dra_[0-9a-f]{32}$/;
