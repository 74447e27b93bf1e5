import 'server-only';
import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { Refused } from '#lib/sandbox/answer';
import type { House } from '#lib/sandbox/house';
import type { Call } from '#lib/sandbox/plan';
import { lastingMs } from './check-order.ts';
import { readMultipart } from './multipart.ts';

export type Upload = {
  folder: string;
  filename: string;
  purpose: string;
  bytes: number;
  sha256: string;
  lastsMs: number | null;
  letGo(): Promise<void>;
};

const mostField = 64 * 1024;

/** The file goes to disk as it comes; what else is in the form may stand before or behind it. */
export async function receiveUpload(house: House, call: Call, id: string): Promise<Upload> {
  const folder = await house.draftFolder(id);
  const letGo = () => rm(folder, { recursive: true, force: true });
  try {
    const form = await receiveForm(call, path.join(folder, 'content'));
    return { ...checked(form), folder, letGo };
  } catch (error) {
    await letGo();
    throw error;
  }
}

type Form = { fields: Map<string, string>; filename: string | null; bytes: number; sha256: string };

async function receiveForm({ body, headers }: Call, file: string): Promise<Form> {
  const fields = new Map<string, string>();
  const hash = createHash('sha256');
  const form = { filename: null as string | null, bytes: 0 };
  const handle = await open(file, 'w');
  try {
    for await (const { part, bytes } of readMultipart(body ?? none(), headers.get('content-type'))) {
      if (part.name === 'file') {
        form.filename = part.filename ?? '';
        form.bytes += bytes.length;
        hash.update(bytes);
        await handle.writeFile(bytes);
      } else {
        const text = (fields.get(part.name) ?? '') + Buffer.from(bytes).toString('utf8');
        if (text.length > mostField) throw new Refused(`The field '${part.name.slice(0, 100)}' is too long.`);
        fields.set(part.name, text);
      }
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { ...form, fields, sha256: hash.digest('hex') };
}

async function* none(): AsyncGenerator<Uint8Array> {}

const purposes = ['batch', 'assistants', 'fine-tune', 'vision', 'user_data', 'evals'];

function checked({ fields, filename, bytes, sha256 }: Form): Omit<Upload, 'folder' | 'letGo'> {
  const purpose = fields.get('purpose');
  if (filename === null) throw required('file');
  if (purpose === undefined) throw required('purpose');
  if (!purposes.includes(purpose)) {
    const list = purposes.map((one) => `'${one}'`).join(', ');
    throw new Refused(`'${purpose.slice(0, 100)}' is not one of [${list}] - 'purpose'`, { param: 'purpose' });
  }
  if (purpose === 'batch' && !filename.endsWith('.jsonl')) {
    throw new Refused('Invalid file format for Batch API. Must be .jsonl');
  }
  return { filename, purpose, bytes, sha256, lastsMs: lasting(fields) };
}

function lasting(fields: Map<string, string>): number | null {
  const anchor = fields.get('expires_after[anchor]');
  const seconds = fields.get('expires_after[seconds]');
  if (anchor === undefined && seconds === undefined) return null;
  return lastingMs({ anchor, seconds }, 'expires_after');
}

function required(param: string): Refused {
  return new Refused(`'${param}' is a required property`, { param });
}
