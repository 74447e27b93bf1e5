import 'server-only';
import { type Env, EnvProblem } from '#lib/env';

/** A store that cannot be used, in one line that names the variable and tells no secret. Null where the fault is another. */
export function whyUnusable(error: unknown, env: Env): EnvProblem | null {
  const { code, errcode, message = '' } = (error ?? {}) as Partial<Record<string, string | number>>;
  if (env.DATABASE_URL !== undefined) {
    const why = ofServer[String(code)] ?? (/timeout|terminated/i.test(String(message)) ? silent : undefined);
    return why === undefined ? null : new EnvProblem(`DATABASE_URL: the database cannot be used, ${why}`);
  }
  const why = ofFile[Number(errcode) & 0xff] ?? ofFolder[String(code)];
  return why === undefined
    ? null
    : new EnvProblem(`BATCHDECK_DATA_DIR: ${env.BATCHDECK_DATA_DIR} cannot be used, ${why}`);
}

const silent = 'its host does not answer as one';

const ofServer: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at its address',
  ENOTFOUND: 'its host is not known',
  ETIMEDOUT: 'its host does not answer',
  '28P01': 'the password is wrong',
  '28000': 'the user may not come in',
  '3D000': 'there is no database of this name',
  '42501': 'the user may not make tables',
};

/** By SQLite's result codes. */
const ofFile: Record<number, string> = {
  8: 'its store may not be written',
  10: 'its disk reports errors',
  11: 'its store is damaged',
  13: 'its disk is full',
  14: 'its store cannot be opened there',
  26: 'what lies there as its store is not one',
};

const ofFolder: Record<string, string> = {
  EEXIST: 'it is not a folder',
  ENOTDIR: 'it is not in a folder',
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EROFS: 'it may not be written',
  ENOSPC: 'its disk is full',
};
