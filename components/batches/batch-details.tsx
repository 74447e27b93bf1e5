'use client';
import type { ReactNode } from 'react';
import { CodeBlock } from '#components/ui/code-block';
import { CopyButton } from '#components/ui/copy-button';
import { Bytes, Num } from '#components/ui/num';
import { Time } from '#components/ui/time';
import type { Batch, BatchPart } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { apiPaths } from '#lib/paths';
import { CostByModel } from './cost-by-model.tsx';

/** Everything that is known, for whoever has to find this batch somewhere else. */
export function BatchDetails({ batch }: { batch: Batch }) {
  const { usage, times } = batch;
  const headers = Object.entries(batch.headers);
  return (
    <div className="grid max-w-3xl gap-8">
      <dl className="text-sm">
        <Row name="Batch id">
          <Id value={batch.id} what="batch id" />
        </Row>
        <Row name="File">
          <a
            href={apiPaths.content(batch.file.id)}
            download
            className="text-accent underline-offset-4 hover:underline"
          >
            {batch.file.name}
          </a>{' '}
          <span className="text-muted">
            <Bytes value={batch.file.bytes} />
          </span>
        </Row>
        <Row name="Connection">{batch.connection.name}</Row>
        {headers.length > 0 && (
          <Row name="Headers">
            {headers.map(([name, value]) => (
              <code key={name} className="block font-mono text-xs">
                {name}: {value}
              </code>
            ))}
          </Row>
        )}
        <Row name="Models">{batch.models.join(', ') || 'none'}</Row>
        {batch.completionWindow && <Row name="Window">{batch.completionWindow}</Row>}
        {batch.owner && <Row name="Sent by">{batch.owner.name}</Row>}
        <Row name="Created">
          <Time at={times.created} />
        </Row>
        {times.finished && (
          <Row name="Finished">
            <Time at={times.finished} />
          </Row>
        )}
        {usage?.total != null && (
          <Row name="Tokens">
            <Num value={usage.total} />
            <span className="text-muted">
              {usage.input !== null && (
                <>
                  {' '}
                  · <Num value={usage.input} /> in
                </>
              )}
              {usage.output !== null && (
                <>
                  {' '}
                  · <Num value={usage.output} /> out
                </>
              )}
            </span>
          </Row>
        )}
      </dl>
      <CostByModel spent={batch.spent} cost={batch.cost} />
      {batch.parts.map((part) => (
        <Part key={part.id} part={part} title={titleOf(part, batch)} at={batch.connection.name} />
      ))}
    </div>
  );
}

function titleOf({ attempt, n }: BatchPart, { parts, attempts }: Batch): string {
  const of = parts.filter((part) => part.attempt === attempt).length;
  const words = [attempts.length > 1 && `attempt ${attempt}`, of > 1 && `part ${n} of ${of}`].filter(Boolean);
  const title = words.join(', ');
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** The only part is open; of several each opens to what the provider said of it. */
function Part({ part, title, at }: { part: BatchPart; title: string; at: string }) {
  if (title === '') {
    return (
      <section aria-label="At the provider" className="grid gap-3">
        <h2 className="font-semibold">At the provider</h2>
        <PartFacts part={part} at={at} />
      </section>
    );
  }
  return (
    <details className="group border-b">
      <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-3 rounded-control py-2">
        <h2 className="font-semibold">{title}</h2>
        <span className="text-muted text-sm">
          {part.phase} · <Num value={part.counts.succeeded} /> of <Num value={part.counts.total} /> succeeded
        </span>
      </summary>
      <div className="grid gap-3 pb-4">
        <PartFacts part={part} at={at} />
      </div>
    </details>
  );
}

function PartFacts({ part, at }: { part: BatchPart; at: string }) {
  return (
    <>
      <dl className="text-sm">
        <Row name="Provider’s id">
          {part.providerBatchId ? <Id value={part.providerBatchId} what="provider’s id" /> : 'none yet'}
        </Row>
        {part.consoleUrl && (
          <Row name="Console">
            <a
              href={part.consoleUrl}
              target="_blank"
              rel="noopener noreferrer"
              className="text-accent underline-offset-4 hover:underline"
            >
              Open it at {at}
            </a>
          </Row>
        )}
        <Row name="Last word heard">
          {part.rawStatus ? <code className="font-mono text-xs">{part.rawStatus}</code> : lastWord(part)}
        </Row>
        <Row name="Requests">
          <Num value={part.counts.total} />
        </Row>
        {part.error && (
          <Row name="Error">
            <span className="text-bad">{part.error.message}</span>{' '}
            <code className="font-mono text-muted text-xs">{part.error.code}</code>
          </Row>
        )}
      </dl>
      {part.rawAnswer && <CodeBlock text={part.rawAnswer} label="last answer" />}
    </>
  );
}

function lastWord(part: BatchPart): string {
  return part.providerBatchId !== null && isOver(part.phase) ? 'its results' : 'none yet';
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-5 gap-y-0.5 border-b py-2 sm:grid-cols-[9rem_minmax(0,1fr)] sm:items-center">
      <dt className="text-muted">{name}</dt>
      <dd className="min-h-7 min-w-0 content-center [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

function Id({ value, what }: { value: string; what: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <code className="font-mono text-xs [overflow-wrap:anywhere]">{value}</code>
      <CopyButton value={value} label={`Copy ${what}`} />
    </span>
  );
}
