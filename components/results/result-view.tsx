'use client';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Band } from '#components/ui/band';
import { CodeBlock } from '#components/ui/code-block';
import { TabPanel, Tabs } from '#components/ui/tabs';
import { answerOf, requestTurns } from '#lib/model/conversation';
import type { Outcome, RawText, ResultDetail } from '#lib/model/result';
import { wantedSchema } from '#lib/model/wanted-schema';
import { Attempts } from './attempts.tsx';
import { Conversation } from './conversation.tsx';
import { pretty } from './pretty.ts';
import { ResultFacts } from './result-facts.tsx';

/** Only few requests ask for a schema. */
const SchemaCheck = dynamic(() => import('./schema-check.tsx').then((m) => m.SchemaCheck));

const without: Partial<Record<Outcome, string>> = {
  missing: 'The provider never answered this request. It is named here so that it is not overlooked.',
  cancelled: 'The batch was cancelled before this request was answered.',
  expired: 'The batch ran out of time before this request was answered.',
};

/** One request with what became of it. */
export function ResultView({
  result,
  demo,
  batchId,
  openAll,
}: {
  result: ResultDetail;
  /** What it cost is a price nobody pays. */
  demo: boolean;
  /** Whose result it is; a link is not told. */
  batchId?: string;
  /** Where the whole of a cut side can be had; a link may not have it. */
  openAll?: { request: string; response: string };
}) {
  const [tab, setTab] = useState('conversation');
  const request = parsed(result.request);
  const response = result.response && parsed(result.response);
  const readable = request !== undefined && (response === null || response !== undefined);
  const answer = response === null || response === undefined ? null : answerOf(response);
  const schema = wantedSchema(request);
  return (
    <div className="grid gap-4">
      <ResultFacts result={result} demo={demo} />
      <Tabs
        label="Result"
        value={tab}
        onChange={setTab}
        items={[
          { value: 'conversation', label: 'Conversation' },
          { value: 'raw', label: 'Raw' },
          ...(result.attempts.length > 0 ? [{ value: 'attempts', label: 'Attempts' }] : []),
        ]}
      >
        <TabPanel value="conversation">
          {readable && answer && schema !== undefined && result.outcome === 'succeeded' && (
            <SchemaCheck schema={schema} blocks={answer.blocks} />
          )}
          {readable ? (
            <Conversation turns={result.request.text === '' ? [] : requestTurns(request)} answer={answer} />
          ) : (
            <p className="py-6 text-muted">
              This is too long to be shown as a conversation. Its beginning stands under Raw.
            </p>
          )}
          {result.response === null && (
            <Band tone="warn" title={result.errorCode ?? 'No answer'} className="my-4">
              {result.errorMessage ?? without[result.outcome] ?? 'There is no answer to this request.'}
            </Band>
          )}
        </TabPanel>
        <TabPanel value="raw" className="grid gap-5 py-5">
          <Side name="Request" raw={result.request} all={openAll?.request} />
          {result.response && <Side name="Response" raw={result.response} all={openAll?.response} />}
        </TabPanel>
        <TabPanel value="attempts">
          <Attempts result={result} demo={demo} batchId={batchId} />
        </TabPanel>
      </Tabs>
    </div>
  );
}

function Side({ name, raw, all }: { name: string; raw: RawText; all?: string }) {
  if (raw.text === '') return null;
  return (
    <section aria-label={name} className="grid gap-2">
      <h2 className="flex items-baseline gap-3 font-medium text-sm">
        {name}
        {raw.cut && all && (
          <a href={all} className="font-normal text-accent underline underline-offset-2">
            Download the whole {name.toLowerCase()}
          </a>
        )}
      </h2>
      <CodeBlock text={raw.cut ? `${raw.text}…` : pretty(raw.text)} label={name} />
    </section>
  );
}

/** Undefined where the text is not whole or not JSON. */
function parsed(raw: RawText): unknown {
  if (raw.cut) return undefined;
  if (raw.text === '') return null;
  try {
    return JSON.parse(raw.text) as unknown;
  } catch {
    return undefined;
  }
}
