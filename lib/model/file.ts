import type { CodeCounts } from './finding.ts';

/** Lines are OpenAI's `custom_id, method, url, body` or the inline and Anthropic `custom_id, params`. */
export type FileDialect = 'openai' | 'params';

export type BatchFile = {
  id: string;
  name: string;
  bytes: number;
  sha256: string;
  requests: number;
  dialect: FileDialect | null;
  models: string[];
  endpoints: string[];
  findings: { errors: number; warnings: number; codes: CodeCounts };
  usable: boolean;
  createdAt: string;
  /** The file it was made from, and how; null for one that was sent to us. */
  derivedFrom: string | null;
  recipe: unknown;
};

/** A file and what became of it. */
export type FileSummary = BatchFile & {
  /** The file it was made from; its name is null where that is gone. */
  origin: { id: string; name: string | null } | null;
  /** How many files were made from it. */
  derived: number;
  /** The batches that need it, the newest by name. */
  usedBy: { total: number; newest: { id: string; name: string }[] };
};

export function isUsable(file: { requests: number; findings: { errors: number } }): boolean {
  return file.findings.errors === 0 && file.requests > 0;
}
