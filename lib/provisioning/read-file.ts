import 'server-only';
import { readFile } from 'node:fs/promises';
import { EnvProblem } from '#lib/env';
import { type Provisioning, provisioningSchema, type Secret } from './provisioning.schema.ts';

export async function readProvisioning(file: string): Promise<Provisioning> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new EnvProblem(`BATCHDECK_PROVISION: ${file} cannot be read (${error.message})`);
  });
  const parsed = provisioningSchema.safeParse(parseJson(file, text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw problem(file, issue?.path ?? [], issue?.message);
}

/** The words never hold the text itself: it may be a secret. */
export function problem(
  file: string,
  place: readonly PropertyKey[],
  words = 'is not as it should be',
): EnvProblem {
  return new EnvProblem(
    `BATCHDECK_PROVISION: ${file}: ${place.map(String).join('.') || 'the file'}: ${words}`,
  );
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new EnvProblem(`BATCHDECK_PROVISION: ${file} is not JSON`);
  }
}

export async function readSecret(secret: Secret, where: string): Promise<string> {
  if (typeof secret === 'string') return secret;
  if ('env' in secret) {
    const value = process.env[secret.env];
    if (!value)
      throw new EnvProblem(
        `BATCHDECK_PROVISION: ${where} names the variable ${secret.env}, which is not set`,
      );
    return value;
  }
  const text = await readFile(secret.file, 'utf8').catch(() => {
    throw new EnvProblem(`BATCHDECK_PROVISION: ${where} names the file ${secret.file}, which cannot be read`);
  });
  return text.replace(/\r?\n$/, '');
}
