import 'server-only';
import { link, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Loose } from '#lib/model/unknown';
import { Refused } from '#lib/sandbox/answer';
import type { SandboxBatch } from '#lib/sandbox/batch';
import { syncFolder } from '#lib/sandbox/disk';
import type { House } from '#lib/sandbox/house';
import { look } from '#lib/sandbox/look';
import type { Call, Plan } from '#lib/sandbox/plan';
import type { Shelved } from '#lib/sandbox/read-shelved';
import { standingAt } from '#lib/sandbox/standing';
import { checkOrder } from './check-order.ts';
import { examine } from './examine.ts';
import { newBatchId, newFileId } from './new-ids.ts';
import { batchObject } from './show-batch.ts';

const dialect = 'openai';

export function planCreate(house: House, call: Call, given: Loose): Plan {
  const { input, endpoint, metadata, outputsLastMs } = checkOrder(house.files, house.clock(), given);
  const id = newBatchId();
  const nonce = metadata?.batchdeck_intent ?? null;
  return {
    dialect,
    calls: ['create'],
    subject: `${input.file.sha256} ${endpoint}`,
    id,
    nonce,
    async carryOut() {
      const createdAt = house.clock();
      const batch: SandboxBatch = {
        id,
        dialect,
        fileId: input.file.id,
        taskId: house.nextTaskId(),
        createdAt,
        bodySha256: call.bodySha256(),
        metadata,
        nonce,
        order: {
          endpoint,
          outputFileId: newFileId(),
          errorFileId: newFileId(),
          outputsExpireAt: outputsLastMs === null ? null : createdAt + outputsLastMs,
        },
      };
      const found = await publish(house, batch, input.folder);
      const answer = batchObject(found, standingAt(found, createdAt));
      const looking = examine(house, found, input.file.bytes);
      if (input.file.bytes <= atOnce) await looking;
      return { status: 200, json: answer };
    },
  };
}

/** So little is looked into before the answer leaves; it says `validating` all the same. */
const atOnce = 64 * 1024;

/** The batch has the file for itself: deleted at the provider it stays here. */
async function publish(house: House, batch: SandboxBatch, input: string): Promise<Shelved> {
  const draft = await house.draftFolder(batch.id);
  try {
    await link(path.join(input, 'content'), path.join(draft, 'requests.jsonl'));
    await syncFolder(draft);
    return await house.shelf.publish(draft, batch, null);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

export function planShow(house: House, found: Shelved): Plan {
  return look(house, found, { withResults: false }, (at, { lag }) => ({
    status: 200,
    json: batchObject(found, at, lag),
  }));
}

export function planCancel({ shelf, clock }: House, found: Shelved): Plan {
  const { batch } = found;
  return {
    dialect,
    calls: ['cancel'],
    subject: batch.id,
    id: batch.id,
    async carryOut() {
      const now = clock();
      const { over, status } = standingAt(found, now);
      if (over) throw new Refused(`Cannot cancel a batch with status '${status}'.`, { status: 409 });
      const cancelled = found.cancellation ? found : await shelf.cancel(found, { askedAt: now });
      return { status: 200, json: batchObject(cancelled, standingAt(cancelled, now)) };
    },
  };
}
