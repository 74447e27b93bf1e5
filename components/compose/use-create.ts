'use client';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { ApiError, getJson, sendJson, upload } from '#lib/api-client';
import type { Batch } from '#lib/model/batch';
import type { BatchFile } from '#lib/model/file';
import type { Finding } from '#lib/model/finding';
import { newId } from '#lib/model/id';
import { apiPaths, paths } from '#lib/paths';

export type Bundle = { body: Blob; fileName: string; sha256: string };
export type Creating =
  | { step: 'idle' }
  | { step: 'uploading'; sent: number; total: number }
  | { step: 'creating' }
  | { step: 'failed'; message: string; signedOut: boolean };

/**
 * Upload, then create. What already arrived is kept by its hash and each order has one key,
 * so a second click or a retry after a lost answer makes no second batch.
 */
export function useCreate(onFindings: (findings: Finding[]) => void) {
  const router = useRouter();
  const [creating, setCreating] = useState<Creating>({ step: 'idle' });
  const busy = useRef(false);
  const arrived = useRef<{ sha256: string; file: BatchFile } | null>(null);
  const order = useRef({ text: '', key: '' });

  async function create(bundle: Bundle, connection: string, name: string): Promise<boolean> {
    if (busy.current) return false;
    busy.current = true;
    try {
      const file = await send(bundle);
      if (!file.usable) {
        const { items } = await getJson<{ items: Finding[] }>(`${apiPaths.findings(file.id)}?limit=1000`);
        onFindings(items);
        throw new ApiError(400, 'invalid', 'The server found errors in this file. No batch was made.');
      }
      setCreating({ step: 'creating' });
      const body = { fileId: file.id, connection, name };
      const text = JSON.stringify(body);
      if (order.current.text !== text) order.current = { text, key: newId('req') };
      const batch = await sendJson<Batch>('POST', apiPaths.batches, body, {
        idempotencyKey: order.current.key,
      });
      router.push(paths.batch(batch.id));
      return true;
    } catch (error) {
      busy.current = false;
      if (error instanceof ApiError && error.status === 404) arrived.current = null;
      const signedOut = error instanceof ApiError && error.status === 401;
      const message = error instanceof Error ? error.message : 'The batch could not be made.';
      setCreating({ step: 'failed', message, signedOut });
      return false;
    }
  }

  async function send({ body, fileName, sha256 }: Bundle): Promise<BatchFile> {
    if (arrived.current?.sha256 === sha256) return arrived.current.file;
    setCreating({ step: 'uploading', sent: 0, total: body.size });
    const file = await upload<BatchFile>(`${apiPaths.files}?name=${encodeURIComponent(fileName)}`, body, {
      sha256,
      onProgress: (sent, total) => setCreating({ step: 'uploading', sent, total }),
    });
    arrived.current = { sha256, file };
    return file;
  }

  return { creating, create };
}
