import 'server-only';
import type { House } from '#lib/sandbox/house';
import type { Shelved } from '#lib/sandbox/read-shelved';
import { examineFile } from '#lib/sandbox/receive/in-thread';

/** Looks into the file of an accepted batch. What a crash interrupts is begun again at the next start. */
export async function examine(house: House, found: Shelved, bytes: number): Promise<void> {
  const { batch, folder } = found;
  try {
    const job = { kind: 'file', folder, endpoint: batch.order?.endpoint ?? '' } as const;
    const read = await examineFile(job, bytes);
    const at = house.clock();
    const verdict = read.kind === 'file' ? { at, contents: read.contents } : { at, errors: read.errors };
    if (house.shelf.find(batch.id)) await house.shelf.settle(found, verdict);
  } catch (error) {
    house.log.error('The sandbox could not read the file of a batch', { error, batch: batch.id });
  }
}
