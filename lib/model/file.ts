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
  findings: { errors: number; warnings: number };
  usable: boolean;
  createdAt: string;
};

export function isUsable(file: Pick<BatchFile, 'requests' | 'findings'>): boolean {
  return file.findings.errors === 0 && file.requests > 0;
}
