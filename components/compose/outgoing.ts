import type { Summary } from '#lib/jsonl/validate';
import type { Connection } from '#lib/model/connection';

export type Door = 'form' | 'jsonl';

/** What would be sent if `Create batch` were pressed now, and why it cannot be, where it cannot. */
export type Outgoing = {
  requests: number;
  errors: number;
  warnings: number;
  models: string[];
  bytes: number;
  /** Estimated; null where nobody has reckoned. `output` is the most that may come, null where some set no limit. */
  tokens: { input: number; output: number | null } | null;
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
  | 'keyHeader'
  | 'headers'
  | 'limits'
  | 'discount'
  | 'completionWindow'
  | 'locked'
  | 'capabilities'
>;

type Checked = {
  state: 'idle' | 'checking' | 'done' | 'failed';
  summary: Summary | null;
  error: string | null;
};

export function outgoingFile(file: { size: number } | null, checked: Checked): Outgoing {
  const { summary } = checked;
  return {
    requests: summary?.requests ?? 0,
    errors: summary?.errors ?? 0,
    warnings: summary?.warnings ?? 0,
    models: summary?.models ?? [],
    bytes: file?.size ?? 0,
    tokens: null,
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

/** Why this cannot go to this connection; what the server would say, said before. */
export function targetReason(outgoing: Outgoing, target: Target | null): string | null {
  if (!target) return 'Choose a connection.';
  if (target.locked) return `${target.name} cannot be used. ${target.locked}`;
  const wants = target.capabilities.lines;
  if (outgoing.dialect && outgoing.dialect !== wants) {
    const fields = wants === 'params' ? 'custom_id and params' : 'custom_id, method, url and body';
    return `${target.name} takes lines with ${fields}.`;
  }
  return null;
}

/** In how many parts it goes out at least, where the connection takes only so much at once. */
export function partsOf({ requests, bytes }: Outgoing, { capabilities }: Target): number {
  const { maxRequests, maxBytes } = capabilities;
  return Math.max(
    1,
    maxRequests === null ? 1 : Math.ceil(requests / maxRequests),
    maxBytes === null ? 1 : Math.ceil(bytes / maxBytes),
  );
}

/** Where it goes and on what terms. Only a connection without an address of its own stays in this house. */
export function whereTo({ baseUrl, discount, completionWindow }: Target): string {
  if (baseUrl === '') return 'The built-in provider. It costs nothing.';
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
  const off = discount === null ? '' : ` · ${Math.round(discount * 100)} % below real-time`;
  return `${host}${off}${completionWindow ? ` · within ${completionWindow}` : ''}`;
}

/** Of a batch's own: the way through the gateway, where it is not the connection's. */
export function headersFor(
  { capabilities: { route }, headers }: Target,
  chosen: string | null,
): { headers?: Record<string, string> } {
  if (!route || chosen === null || chosen === (headers[route.header] ?? '')) return {};
  return { headers: { [route.header]: chosen } };
}

export type Order = { name: string; outgoing: Outgoing; target: Target | null; mayOperate: boolean };

export function reasonAgainst({ name, outgoing, target, mayOperate }: Order): string | null {
  if (!mayOperate) return 'Your role may read batches, not send them.';
  if (outgoing.reason) return outgoing.reason;
  if (name.trim() === '') return 'Give the batch a name.';
  return targetReason(outgoing, target);
}
