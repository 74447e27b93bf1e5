'use client';
import { Send } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { Button } from '#components/ui/button';
import type { ButtonLook, ButtonSize } from '#components/ui/button-class';
import { getBlob, sendJson, upload } from '#lib/api-client';
import type { BatchSummary } from '#lib/model/batch';
import type { BatchFile } from '#lib/model/file';
import { newId } from '#lib/model/id';
import { apiPaths, paths } from '#lib/paths';

/** Sends the sample file through the same doors as any other, then goes to watch it. */
export function SendSample({ look, size }: { look?: ButtonLook; size?: ButtonSize }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const order = useRef<Order>({ key: newId('req'), fileId: null });
  async function send() {
    setBusy(true);
    setProblem('');
    try {
      const batch = await sendSample(order.current);
      router.push(paths.batch(batch.id));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The sample could not be sent.');
      setBusy(false);
    }
  }
  return (
    <span className="grid gap-1.5">
      <Button look={look} size={size} busy={busy} icon={<Send aria-hidden />} onClick={send}>
        Send the sample
      </Button>
      <span role="status" className="text-bad text-sm empty:hidden">
        {problem}
      </span>
    </span>
  );
}

/** Kept over a lost answer, so that a second click finds the batch of the first. */
type Order = { readonly key: string; fileId: string | null };

async function sendSample(order: Order): Promise<BatchSummary> {
  order.fileId ??= await uploadSample();
  const body = { fileId: order.fileId, connection: 'Sandbox', name: 'Showcase sample' };
  return sendJson<BatchSummary>('POST', apiPaths.batches, body, { idempotencyKey: order.key });
}

async function uploadSample(): Promise<string> {
  const sample = await getBlob('/samples/showcase.jsonl');
  const file = await upload<BatchFile>(`${apiPaths.files}?name=showcase.jsonl`, sample, {});
  return file.id;
}
