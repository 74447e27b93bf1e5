import 'server-only';
import { rm } from 'node:fs/promises';
import { asObject, asText } from '#lib/model/unknown';
import { Refused } from './answer.ts';
import type { Contents, SandboxBatch } from './batch.ts';
import type { House } from './house.ts';
import type { Call } from './plan.ts';
import type { Shelved } from './read-shelved.ts';
import type { InlineDialect } from './receive/check-request.ts';
import { receiveDocument } from './receive/in-thread.ts';

export type Received =
  | {
      kind: 'requests';
      contents: Contents;
      nonce: string | null;
      accept(): Promise<Shelved>;
      letGo(): Promise<void>;
    }
  | { kind: 'members'; members: Record<string, unknown>; message: string };

/** The requests inside a create call: received and checked, but no batch before they are accepted. */
export async function receiveRequests(
  house: House,
  call: Call,
  dialect: InlineDialect,
  ids: Pick<SandboxBatch, 'id' | 'fileId'>,
): Promise<Received> {
  if (!call.body) throw new Refused('The body is empty: send {"requests": […]}.');
  const folder = await house.draftFolder(ids.id);
  const letGo = () => rm(folder, { recursive: true, force: true });
  try {
    const read = await receiveDocument({ kind: 'document', dialect, folder }, call.body);
    if (read.kind === 'refused') throw new Refused(read.message, { status: read.status, param: read.param });
    if (read.kind === 'members') {
      await letGo();
      return read;
    }
    const metadata = dialect === 'inline' ? asObject(read.members.metadata) : null;
    const { contents } = read;
    const nonce = asText(metadata?.batchdeck_intent);
    const accept = () => {
      const createdAt = house.clock();
      const batch: SandboxBatch = {
        ...ids,
        dialect,
        taskId: house.nextTaskId(),
        createdAt,
        bodySha256: call.bodySha256(),
        metadata,
        nonce,
        order: null,
      };
      return house.shelf.publish(folder, batch, { at: createdAt, contents });
    };
    return { kind: 'requests', contents, nonce, accept, letGo };
  } catch (error) {
    await letGo();
    throw error;
  }
}
