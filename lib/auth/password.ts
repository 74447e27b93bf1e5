import 'server-only';
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost, 32);
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${plain(salt)}$${plain(hash)}`;
}

/** Takes as long without a stored hash as with one, so that time does not tell which addresses have an account. */
export async function passwordFits(password: string, stored: string | undefined): Promise<boolean> {
  const found = form.exec(stored ?? '');
  if (!found) {
    await derive(password, Buffer.alloc(16), cost, 32);
    return false;
  }
  const [, memory, passes, parallelism, salt = '', hash = ''] = found;
  const expected = Buffer.from(hash, 'base64');
  const like = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const actual = await derive(password, Buffer.from(salt, 'base64'), like, expected.length);
  return timingSafeEqual(actual, expected);
}

function derive(password: string, nonce: Buffer, how: typeof cost, tagLength: number): Promise<Buffer> {
  const message = password.normalize('NFC');
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce, tagLength, ...how }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function plain(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
