'use client';
import type { SendTarget } from '#lib/model/request-job';
import type { ResultDetail } from '#lib/model/result';
import { apiPaths } from '#lib/paths';
import { CopyResult } from './copy-result.tsx';
import { type Go, type ResultBatch, ResultFrame } from './result-frame.tsx';
import { ResultKeys } from './result-keys.tsx';
import { ResultView } from './result-view.tsx';
import type { ShownFilter } from './shown-filter.ts';
import { resultHref } from './source.ts';

/** The whole of one result, for members. */
export function ResultScreen({
  batch,
  result,
  filter,
  target,
  onGo,
}: {
  batch: ResultBatch;
  result: ResultDetail;
  /** What one goes back and forth within. */
  filter: ShownFilter;
  /** Where the request went; null where its connection is gone. */
  target: SendTarget | null;
  onGo?: Go;
}) {
  const { ordinal, customId, request, response } = result;
  const whole = {
    request: apiPaths.resultBytes(batch.id, ordinal, 'request'),
    response: apiPaths.resultBytes(batch.id, ordinal, 'response'),
  };
  const to = (n: number | null) => (n === null ? null : resultHref({ batchId: batch.id }, n, filter));
  return (
    <ResultFrame
      {...{ batch, ordinal, filter, onGo }}
      title={customId}
      actions={
        <>
          <CopyResult key={ordinal} {...{ request, response, whole, target }} />
          <ResultKeys previous={to(result.previous)} next={to(result.next)} onGo={onGo} />
        </>
      }
    >
      <ResultView key={ordinal} result={result} batchId={batch.id} demo={batch.demo} openAll={whole} />
    </ResultFrame>
  );
}
