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
/** A bundle and the name of the batch it becomes. */
export type NamedBundle = Bundle & { name: string };
/** Which connection a batch goes to, and headers that it takes along instead of the connection's. */
export type Where = { connection: string; headers?: Record<string, string> };
/** What the server found in a file that looked right from here. */
export type Heard = Pick<BatchFile, 'sha256' | 'findings'> & { items: Finding[] };

export type Creating =
  | { step: 'idle' | 'preparing' }
  | { step: 'uploading'; sent: number; total: number; rate: number | null; n: number; of: number }
  | { step: 'creating'; n: number; of: number }
  | { step: 'failed'; message: string; signedOut: boolean; lost: boolean; made: number };

/**
 * Upload, then create, one bundle after the other. What already arrived is kept by its hash, what is made is
 * remembered and each order has one key, so a second click or a retry after a lost answer makes no second batch.
 */
export function useCreate(onHeard: (heard: Heard) => void) {
  const router = useRouter();
  const [creating, setCreating] = useState<Creating>({ step: 'idle' });
  const running = useRef<AbortController | null>(null);
  const arrived = useRef(new Map<string, BatchFile>());
  /** Uploads that began and were not heard to end. */
  const broken = useRef(new Set<string>());
  const keys = useRef(new Map<string, string>());
  const batches = useRef(new Map<string, Batch>());

  async function createAll(prepare: () => Promise<NamedBundle[]>, where: Where): Promise<boolean> {
    if (running.current) return false;
    const stop = new AbortController();
    running.current = stop;
    let made = 0;
    setCreating({ step: 'preparing' });
    try {
      const bundles = await prepare();
      let last: Batch | null = null;
      for (const [n, bundle] of bundles.entries()) {
        const place = { n: n + 1, of: bundles.length };
        const { id } = await usableFile(bundle, place, stop.signal);
        setCreating({ step: 'creating', ...place });
        last = await order({ fileId: id, ...where, name: bundle.name });
        made++;
      }
      router.push(bundles.length === 1 && last ? paths.batch(last.id) : paths.batches);
      return true;
    } catch (error) {
      running.current = null;
      setCreating(stop.signal.aborted ? { step: 'idle' } : failed(error, made));
      if (error instanceof ApiError && error.status === 404) arrived.current.clear();
      return false;
    }
  }

  async function usableFile(
    bundle: Bundle,
    place: { n: number; of: number },
    signal: AbortSignal,
  ): Promise<BatchFile> {
    const { body, fileName, sha256 } = bundle;
    const known = arrived.current.get(sha256) ?? (await arrivedUnheard(bundle));
    const began = performance.now();
    const tell = (sent: number) => {
      const ms = performance.now() - began;
      const rate = sent > 0 && ms > 200 ? (sent / ms) * 1000 : null;
      setCreating({ step: 'uploading', sent, total: body.size, rate, ...place });
    };
    if (!known) tell(0);
    const path = `${apiPaths.files}?name=${encodeURIComponent(fileName)}`;
    broken.current.add(sha256);
    const file = known ?? (await upload<BatchFile>(path, body, { sha256, signal, onProgress: tell }));
    if (file.sha256 !== sha256 || file.bytes !== body.size) {
      throw new ApiError(400, 'invalid', 'What arrived is not what was sent. Send it again.');
    }
    arrived.current.set(sha256, file);
    if (file.usable) return file;
    const { items } = await getJson<{ items: Finding[] }>(`${apiPaths.findings(file.id)}?limit=1000`);
    onHeard({ sha256, findings: file.findings, items });
    throw new ApiError(400, 'invalid', 'The server found errors in this file. No batch was made.');
  }

  /** A broken connection may have been only the way back: then the file is there. */
  async function arrivedUnheard({ fileName, sha256 }: Bundle): Promise<BatchFile | undefined> {
    if (!broken.current.has(sha256)) return undefined;
    const search = new URLSearchParams({ q: fileName.slice(0, 200), limit: '50' });
    const { items } = await getJson<{ items: BatchFile[] }>(`${apiPaths.files}?${search}`);
    return items.find((file) => file.sha256 === sha256 && file.name === fileName);
  }

  async function order(body: Where & { fileId: string; name: string }): Promise<Batch> {
    const text = JSON.stringify(body);
    const known = batches.current.get(text);
    if (known) return known;
    const idempotencyKey = keys.current.get(text) ?? newId('req');
    keys.current.set(text, idempotencyKey);
    const batch = await sendJson<Batch>('POST', apiPaths.batches, body, { idempotencyKey });
    batches.current.set(text, batch);
    return batch;
  }

  return {
    creating,
    createAll,
    create: (bundle: Bundle, where: Where, name: string) =>
      createAll(async () => [{ ...bundle, name }], where),
    cancel: () => running.current?.abort(),
  };
}

function failed(error: unknown, made: number): Creating {
  const isApi = error instanceof ApiError;
  const message = error instanceof Error ? error.message : 'The batch could not be made.';
  return {
    step: 'failed',
    message,
    signedOut: isApi && error.status === 401,
    lost: isApi && error.code === 'offline',
    made,
  };
}
