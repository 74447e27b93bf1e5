import 'server-only';
import { randomBytes, randomInt } from 'node:crypto';

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789';

export function newBatchId(): string {
  return `batch_${randomBytes(16).toString('hex')}`;
}

export function newFileId(): string {
  return `file-${Array.from({ length: 22 }, () => letters[randomInt(letters.length)]).join('')}`;
}
