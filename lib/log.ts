import 'server-only';

const levels = ['debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof levels)[number];
type Fields = Record<string, unknown>;
export type Log = Record<Level, (message: string, fields?: Fields) => void>;

const secretName = /key|token|secret|password|authorization|cookie/i;
const secretValue = /\b(?:bd_|sk-|Bearer\s+)[\w.-]{6,}|\/(?:s|setup)\/[\w-]{16,}/g;

/** JSON lines on stdout. Fields named like secrets are dropped and values that look like one are masked. */
export function createLog(level: Level, write: (line: string) => void = (line) => console.log(line)): Log {
  const entry =
    (at: Level) =>
    (message: string, fields: Fields = {}) => {
      if (levels.indexOf(at) < levels.indexOf(level)) return;
      write(
        JSON.stringify({ at: new Date().toISOString(), level: at, message: mask(message), ...clean(fields) }),
      );
    };
  return { debug: entry('debug'), info: entry('info'), warn: entry('warn'), error: entry('error') };
}

function clean(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, secretName.test(name) ? '[hidden]' : plain(value)]),
  );
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return mask(value);
  if (value instanceof Error) {
    return {
      name: value.name,
      message: mask(value.message),
      stack: mask(value.stack ?? ''),
      cause: plain(value.cause),
    };
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) return clean(value as Fields);
  return value;
}

function mask(text: string): string {
  return text.replace(secretValue, '[hidden]');
}
