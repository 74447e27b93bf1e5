import type { Summary } from '#lib/jsonl/validate';
import type { Connection } from '#lib/model/connection';
import { type RequestForm, requestsFormSchema } from '#lib/model/request-form.schema';
import { composeLines } from '#lib/model/request-line';

export type Door = 'form' | 'jsonl';

/** What would be sent if `Create batch` were pressed now, and why it cannot be, where it cannot. */
export type Draft = {
  requests: number;
  errors: number;
  warnings: number;
  models: string[];
  bytes: number;
  dialect: 'openai' | 'params' | null;
  /** The first thing to mend, in words; null when this side is ready. */
  reason: string | null;
};

export type Target = Pick<
  Connection,
  | 'id'
  | 'name'
  | 'preset'
  | 'dialect'
  | 'baseUrl'
  | 'limits'
  | 'discount'
  | 'completionWindow'
  | 'locked'
  | 'capabilities'
>;

export function draftOfForm(requests: RequestForm[]): Draft {
  const parsed = requestsFormSchema.safeParse({ requests });
  const issues = parsed.success ? [] : parsed.error.issues;
  const [first] = issues;
  return {
    requests: requests.length,
    errors: issues.length,
    warnings: 0,
    models: [...new Set(requests.map(({ model }) => model.trim()))].filter(Boolean),
    bytes: new TextEncoder().encode(composeLines(requests)).length,
    dialect: 'params',
    reason: first ? sentence(first.path, first.message) : null,
  };
}

function sentence(path: PropertyKey[], message: string): string {
  const index = path[1];
  return typeof index === 'number' ? `Request ${index + 1}: ${message}` : message;
}

type Checked = {
  state: 'idle' | 'checking' | 'done' | 'failed';
  summary: Summary | null;
  error: string | null;
};

export function draftOfFile(file: { size: number } | null, checked: Checked): Draft {
  const { summary } = checked;
  return {
    requests: summary?.requests ?? 0,
    errors: summary?.errors ?? 0,
    warnings: summary?.warnings ?? 0,
    models: summary?.models ?? [],
    bytes: file?.size ?? 0,
    dialect: summary?.dialect ?? null,
    reason: fileReason(file, checked),
  };
}

function fileReason(file: object | null, { state, summary, error }: Checked): string | null {
  if (!file) return 'Choose a file first.';
  if (state === 'failed') return error ?? 'The file could not be read.';
  if (state !== 'done' || !summary) return 'The file is still being checked.';
  if (summary.errors > 0) {
    return summary.errors === 1 ? 'The file has 1 error.' : `The file has ${summary.errors} errors.`;
  }
  return summary.requests === 0 ? 'The file holds no requests.' : null;
}

/** Why this draft cannot go to this connection; what the server would say, said before. */
export function targetReason(draft: Draft, target: Target | null): string | null {
  if (!target) return 'Choose a connection.';
  if (target.locked) return `${target.name} cannot be used. ${target.locked}`;
  const wants = target.dialect === 'openai' ? 'openai' : 'params';
  if (draft.dialect && draft.dialect !== wants) {
    const fields = wants === 'params' ? 'custom_id and params' : 'custom_id, method, url and body';
    return `${target.name} takes lines with ${fields}.`;
  }
  const { requests, bytes } = target.limits;
  if (requests !== null && draft.requests > requests)
    return `${target.name} takes at most ${requests} requests.`;
  if (bytes !== null && draft.bytes > bytes) return `${target.name} takes at most ${bytes} bytes.`;
  return null;
}

/** Where it goes and on what terms. Only a connection without an address of its own stays in this house. */
export function whereTo({ baseUrl, discount, completionWindow }: Target): string {
  if (baseUrl === '') return 'The built-in provider. It costs nothing.';
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
  const off = discount === null ? '' : ` · ${Math.round(discount * 100)} % below real-time`;
  return `${host}${off}${completionWindow ? ` · within ${completionWindow}` : ''}`;
}

export type Order = { name: string; draft: Draft; target: Target | null; mayOperate: boolean };

export function reasonAgainst({ name, draft, target, mayOperate }: Order): string | null {
  if (!mayOperate) return 'Your role may read batches, not send them.';
  if (draft.reason) return draft.reason;
  if (name.trim() === '') return 'Give the batch a name.';
  return targetReason(draft, target);
}
