'use client';
import { useEffect, useMemo, useState } from 'react';
import { ConnectionField } from '#components/shell/connection-field';
import { useUrlParam } from '#components/shell/use-url-param';
import { Field } from '#components/ui/field';
import { Input } from '#components/ui/input';
import { piece } from '#components/ui/piece';
import { TabPanel, Tabs } from '#components/ui/tabs';
import { rulesOf } from '#lib/jsonl/line-rules';
import type { Draft, DraftSummary } from '#lib/model/draft';
import { shapesFor } from '#lib/model/request-form/shapes';
import { DraftLine } from './draft-line.tsx';
import { EndpointChoice } from './endpoint-choice.tsx';
import { FormDoor } from './form-door.tsx';
import { JsonView } from './json-view.tsx';
import { modelsFor } from './models.ts';
import { type Door, outgoingFile, reasonAgainst, type Target } from './outgoing.ts';
import { stemOf } from './picked.ts';
import { startForm } from './start-form.ts';
import { Summary } from './summary.tsx';
import { useAskBeforeLeaving } from './use-ask-before-leaving.ts';
import { useBatchForm } from './use-batch-form.ts';
import { useCreate } from './use-create.ts';
import { useDraft } from './use-draft.ts';
import { usePicked } from './use-picked.ts';
import { useReckoned } from './use-reckoned.ts';
import { useReshape } from './use-reshape.ts';
import { useTarget } from './use-target.ts';

const DraftBand = piece(() => import('./draft-band.tsx').then((m) => m.DraftBand));
const JsonlDoor = piece(() => import('./jsonl-door.tsx').then((m) => m.JsonlDoor));
const RouteChoice = piece(() => import('./route-choice.tsx').then((m) => m.RouteChoice));
const Unfinished = piece(() => import('./unfinished.tsx').then((m) => m.Unfinished));

const doors = [
  { value: 'form', label: 'Form' },
  { value: 'jsonl', label: 'JSONL' },
];

const troubled = ['conflict', 'gone', 'failed'];

export type ComposerProps = {
  targets: Target[];
  /** Models lately used, by connection. */
  recentModels: Record<string, string[]>;
  /** The connection used last. */
  lately: string | null;
  firstName: string;
  mayOperate: boolean;
  me: string;
  /** The draft the address names. */
  draft: Draft | null;
  /** Drafts that could be gone on with, where the address names none. */
  unfinished: DraftSummary[];
};

/** Left the door, right what would be sent. Both doors keep what was put into them while the other is open. */
export function Composer(props: ComposerProps) {
  const { targets, recentModels, lately, firstName, mayOperate, me, draft: initial, unfinished } = props;
  const [word, setDoor] = useUrlParam('door');
  const door: Door = word === 'jsonl' ? 'jsonl' : 'form';
  const [name, setName] = useState({ text: initial?.name ?? firstName, own: initial !== null });
  const {
    connection,
    setConnection,
    target,
    route,
    setRoute,
    take: takeTarget,
    where,
  } = useTarget(targets, initial, lately);
  const models = modelsFor(target, recentModels);
  const shapeNames = shapesOf(target);

  const batch = useBatchForm(() => initial?.form ?? startForm(shapeNames[0], models[0]), initial === null);
  const { form } = batch;
  const rules = useMemo(() => target && rulesOf(target.capabilities), [target]);
  const { checked, outgoing, problems } = useReckoned(form, rules);
  const reshape = useReshape(batch);

  const content = useMemo(
    () => ({ name: name.text, connection, route, form }),
    [name.text, connection, route, form],
  );
  const draft = useDraft({
    initial,
    content,
    enabled: mayOperate && door === 'form',
    onTheirs: (theirs) => {
      setName({ text: theirs.name, own: true });
      takeTarget(theirs);
      batch.replace(() => theirs.form);
    },
  });

  const isBegun = draft.step.step !== 'none';
  useEffect(() => {
    if (isBegun) import('./load-ahead.ts').then((ahead) => ahead.loadAhead()).catch(() => {});
  }, [isBegun]);

  const picked = usePicked(rules);
  const shown = door === 'form' ? outgoing : outgoingFile(picked.overall.file, picked.overall);
  const reason = reasonAgainst({ name: name.text, outgoing: shown, target, mayOperate });
  const { creating, create, createAll, cancel } = useCreate(picked.hear);
  const isSending = creating.step !== 'idle' && creating.step !== 'failed';
  useAskBeforeLeaving(isSending || picked.files.some(({ repairs }) => repairs.length > 0));

  function connect(id: string) {
    setConnection(id);
    const names = shapesOf(targets.find((one) => one.id === id) ?? null);
    if (!names.includes(form.shape)) void reshape(names[0]);
  }

  function take(chosen: File[], how: 'add' | 'replace') {
    picked.picker.take(
      chosen.map((file) => ({ name: file.name, blob: file })),
      how,
    );
    const first = chosen[0]?.name ?? '';
    const isNew = how === 'replace' || picked.files.length === 0;
    if (!name.own && isNew) setName({ text: stemOf(first).slice(0, 200), own: false });
  }

  async function submit() {
    if (reason !== null || !where) return;
    if (door === 'jsonl') {
      await createAll(() => picked.named(name.text), where);
      return;
    }
    const { bundleOf } = await import('./bundle.ts');
    const made = await create(bundleOf(form, name.text), where, name.text.trim());
    if (made) await draft.keeper.end();
  }

  const [draftId] = useUrlParam('draft');
  // They stay while one types: nothing moves under the hand.
  const [isFresh] = useState(draftId === null);
  return (
    <div className="grid gap-x-8 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem] xl:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-5">
        {troubled.includes(draft.step.step) && (
          <DraftBand step={draft.step} keeper={draft.keeper} kept={draftId !== null} me={me} />
        )}
        {isFresh && unfinished.length > 0 && <Unfinished drafts={unfinished} />}
        <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
          <Field label="Name">
            <Input
              value={name.text}
              maxLength={200}
              onChange={(event) => setName({ text: event.target.value, own: true })}
            />
          </Field>
          <ConnectionField value={connection} onChange={connect} choices={targets} />
          {target?.capabilities.route && <RouteChoice target={target} value={route} onChange={setRoute} />}
          {door === 'form' && shapeNames.length > 1 && (
            <EndpointChoice value={form.shape} options={shapeNames} onChange={reshape} />
          )}
        </div>
        <Tabs value={door} onChange={setDoor} items={doors} label="How to compose">
          <TabPanel value="form" className="pt-5">
            <FormDoor batch={batch} checked={checked} models={models} target={target} />
          </TabPanel>
          <TabPanel value="jsonl" className="pt-5">
            <JsonlDoor picked={picked} rules={rules} onFiles={take} />
          </TabPanel>
        </Tabs>
      </div>
      <div className="grid content-start gap-6 lg:sticky lg:top-8 lg:self-start">
        <Summary
          outgoing={shown}
          target={target}
          reason={reason}
          creating={creating}
          onCreate={submit}
          onCancel={cancel}
          problems={door === 'form' ? problems : []}
          onShow={(problem) => batch.show(problem.open, problem.param)}
        >
          {door === 'form' && mayOperate && <DraftLine step={draft.step} id={draftId} />}
        </Summary>
        {door === 'form' && <JsonView batch={batch} />}
      </div>
    </div>
  );
}

function shapesOf(target: Target | null) {
  return shapesFor(target?.dialect ?? 'inline', target?.capabilities.endpoints);
}
