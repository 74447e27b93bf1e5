import 'server-only';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { type Answer, Refused } from '#lib/sandbox/answer';
import type { SandboxFile, ShelvedFile } from '#lib/sandbox/file-shelf';
import type { House } from '#lib/sandbox/house';
import { pageOf } from '#lib/sandbox/page';
import type { Call, Plan } from '#lib/sandbox/plan';
import { newFileId } from './new-ids.ts';
import { receiveUpload } from './receive-upload.ts';
import {
  fileIdOf,
  fileObject,
  type ResultFile,
  resultFile,
  resultFileObject,
  resultFiles,
  resultLines,
} from './show-file.ts';

const dialect = 'openai';
const dayMs = 86_400_000;
const octets = 'application/octet-stream';

export async function planUpload(house: House, call: Call): Promise<Plan> {
  const id = newFileId();
  const upload = await receiveUpload(house, call, id);
  return {
    dialect,
    calls: ['upload'],
    subject: '',
    id,
    letGo: upload.letGo,
    async carryOut() {
      const createdAt = house.clock();
      const lastsMs = upload.lastsMs ?? (upload.purpose === 'batch' ? 30 * dayMs : null);
      const { filename, purpose, bytes, sha256 } = upload;
      const file: SandboxFile = {
        id,
        taskId: house.nextTaskId(),
        filename,
        purpose,
        bytes,
        sha256,
        createdAt,
        expiresAt: lastsMs === null ? null : createdAt + lastsMs,
      };
      await house.files.publish(upload.folder, file);
      return { status: 200, json: fileObject(file) };
    },
  };
}

export function planList(house: House, query: URLSearchParams): Plan {
  return {
    dialect,
    calls: ['list'],
    subject: 'files',
    id: '',
    async carryOut() {
      const purpose = query.get('purpose');
      const uploaded = house.files.all().filter((found) => isCurrent(house, found));
      const all = [...uploaded.map(listed), ...resultFiles(house).map(listedResult)]
        .filter((one) => purpose === null || one.purpose === purpose)
        .sort((a, b) => (query.get('order') === 'asc' ? a.taskId - b.taskId : b.taskId - a.taskId));
      const { items, more } = pageOf(all, query, 'after', { usual: 10_000, most: 10_000 });
      const data = [];
      for (const { show } of items) data.push(await show());
      const [first, last] = [items[0]?.id ?? null, items.at(-1)?.id ?? null];
      return { status: 200, json: { object: 'list', data, first_id: first, last_id: last, has_more: more } };
    },
  };
}

function listed({ file }: ShelvedFile) {
  return { id: file.id, taskId: file.taskId, purpose: file.purpose, show: async () => fileObject(file) };
}

function listedResult(file: ResultFile) {
  const { taskId } = file.shelved.batch;
  return { id: fileIdOf(file), taskId, purpose: 'batch_output', show: () => resultFileObject(file) };
}

export function planFile(house: House, id: string): Plan {
  return about(house, id, 'file', async ({ uploaded, results }) => {
    if (uploaded) return { status: 200, json: fileObject(uploaded.file) };
    return { status: 200, json: await resultFileObject(results) };
  });
}

/** Typed exactly so: a gateway in the middle relays it under no other name. */
export function planContent(house: House, id: string): Plan {
  return about(house, id, 'results', ({ uploaded, results }) => {
    if (uploaded) {
      const lines = createReadStream(path.join(uploaded.folder, 'content'));
      return { status: 200, lines, type: octets, name: plain(uploaded.file.filename) };
    }
    const name = `${results.shelved.batch.id}_${results.role}.jsonl`;
    return { status: 200, lines: resultLines(results), type: octets, name };
  });
}

export function planDelete(house: House, id: string): Plan {
  return about(house, id, 'delete', async ({ uploaded, results }) => {
    if (uploaded) await house.files.remove(uploaded);
    else await house.shelf.removeResults(results.shelved, results.role);
    return { status: 200, json: { object: 'file', deleted: true, id } };
  });
}

type Found = { uploaded: ShelvedFile; results: null } | { uploaded: null; results: ResultFile };

function about(
  house: House,
  id: string,
  call: 'file' | 'results' | 'delete',
  carryOut: (found: Found) => Answer | Promise<Answer>,
): Plan {
  const uploaded = house.files.find(id);
  const results = uploaded ? null : resultFile(house, id);
  const current = uploaded && isCurrent(house, uploaded) ? uploaded : null;
  if (!current && !results)
    throw new Refused(`No such File object: ${id.slice(0, 100)}`, { status: 404, param: 'id' });
  const found = current
    ? { uploaded: current, results: null }
    : { uploaded: null, results: results as ResultFile };
  const subject = results ? results.shelved.batch.id : id;
  return { dialect, calls: [call], subject, id, carryOut: () => carryOut(found) };
}

function isCurrent({ clock }: House, { file }: ShelvedFile): boolean {
  return file.expiresAt === null || file.expiresAt > clock();
}

function plain(name: string): string {
  return name.replace(/[^\w.-]/g, '_');
}
