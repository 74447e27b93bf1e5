import type { Connection } from './connection.ts';
import type { Members } from './request-form/json.ts';

/** What a copied program does: one call, or an upload and a call. It asks the environment for the key. */
export type CodeJob = {
  /** Without a slash at its end. */
  base: string;
  headers: CodeHeader[];
  lines: Members[];
  call: { path: string } | { endpoint: string; completionWindow: string };
};

/** A header is written out, or taken from the environment where it is a secret. */
export type CodeHeader = { name: string; value: string } | { name: string; prefix: string; env: string };

export const keyVariable = 'BATCH_API_KEY';

/** Where it is sent: of a connection what anybody may see. */
export type SendTarget = Pick<
  Connection,
  'baseUrl' | 'dialect' | 'keyHeader' | 'headers' | 'completionWindow'
>;

/** `sandbox` is where the built-in provider answers over HTTP. */
export function codeJob(target: SendTarget, lines: Members[], sandbox: string): CodeJob {
  const base = (target.baseUrl || sandbox).replace(/\/+$/, '');
  const isBearer = target.keyHeader.toLowerCase() === 'authorization';
  const key = {
    name: isBearer ? 'Authorization' : target.keyHeader,
    prefix: isBearer ? 'Bearer ' : '',
    env: keyVariable,
  };
  const others = Object.entries(target.headers).map(([name, value]) => headerOf(name, value));
  return { base, headers: [key, ...others], lines, call: callOf(target, lines) };
}

function callOf({ dialect, completionWindow }: SendTarget, lines: Members[]): CodeJob['call'] {
  if (dialect === 'anthropic') return { path: '/v1/messages/batches' };
  if (dialect === 'inline') return { path: '/batches' };
  const url = lines[0]?.url;
  return {
    endpoint: typeof url === 'string' ? url : '/v1/chat/completions',
    completionWindow: completionWindow ?? '24h',
  };
}

/** A masked value never left the server. */
function headerOf(name: string, value: string): CodeHeader {
  if (!value.startsWith('••••')) return { name, value };
  return { name, prefix: '', env: `BATCH_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}` };
}
