'use client';
import dynamic from 'next/dynamic';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useUrlParam } from '#components/shell/use-url-param';
import { Combobox } from '#components/ui/combobox';
import { Field } from '#components/ui/field';
import { Input } from '#components/ui/input';
import { TabPanel, Tabs } from '#components/ui/tabs';
import { rulesOf } from '#lib/jsonl/line-rules';
import type { Draft, DraftSummary } from '#lib/model/draft';
import { checkForm } from '#lib/model/request-form/check';
import type { BatchForm, ShapeName } from '#lib/model/request-form/form';
import { shapesFor } from '#lib/model/request-form/shapes';
import { DraftLine } from './draft-line.tsx';
import { EndpointChoice } from './endpoint-choice.tsx';
import { FormDoor } from './form-door.tsx';
import { JsonView } from './json-view.tsx';
import { modelsFor } from './models.ts';
import { type Door, headersFor, outgoingFile, reasonAgainst, type Target } from './outgoing.ts';
import { outgoingForm, problemsOf } from './outgoing-form.ts';
import { stemOf } from './picked.ts';
import { RouteChoice } from './route-choice.tsx';
import { startForm } from './start-form.ts';
import { Summary } from './summary.tsx';
import { useBatchForm } from './use-batch-form.ts';
import { useCreate } from './use-create.ts';
import { useDraft } from './use-draft.ts';
import { usePicked } from './use-picked.ts';

const DraftBand = dynamic(() => import('./draft-band.tsx').then((m) => m.DraftBand));
const JsonlDoor = dynamic(() => import('./jsonl-door.tsx').then((m) => m.JsonlDoor));
const Unfinished = dynamic(() => import('./unfinished.tsx').then((m) => m.Unfinished));

const doors = [
  { value: 'form', label: 'Form' },
  { value: 'jsonl', label: 'JSONL' },
];

const troubled = ['conflict', 'gone', 'failed'];

export type ComposerProps = {
  targets: Target[];
  /** Models lately used, by connection. */
  recentModels: Record<string, string[]>;
  firstName: string;
  mayOperate: boolean;
  /** The draft the address names. */
  draft: Draft | null;
  /** Drafts that could be gone on with, where the address names none. */
  unfinished: DraftSummary[];
};

/** Left the door, right what would be sent. Both doors keep what was put into them while the other is open. */
export function Composer(props: ComposerProps) {
  const { targets, recentModels, firstName, mayOperate, draft: initial, unfinished } = props;
  const ready = targets.filter((target) => target.locked === null);
  const [word, setDoor] = useUrlParam('door');
  const door: Door = word === 'jsonl' ? 'jsonl' : 'form';
  const [name, setName] = useState({ text: initial?.name ?? firstName, own: initial !== null });
  const [connection, setConnection] = useState(
    initial ? initial.connectionId : (ready[0]?.id ?? targets[0]?.id ?? null),
  );
  const target = targets.find(({ id }) => id === connection) ?? null;
  /** By connection: what was chosen for one gateway says nothing about another. */
  const [routes, setRoutes] = useState<Record<string, string>>({});
  const route = (connection && routes[connection]) ?? null;
  const models = modelsFor(target, recentModels);
  const shapeNames = shapesOf(target);

  const batch = useBatchForm(() => initial?.form ?? startForm(shapeNames[0], models[0]), initial === null);
  const { form } = batch;
  const rules = useMemo(() => target && rulesOf(target.capabilities), [target]);
  // The editor follows every key; what is reckoned over all requests may come a moment later.
  const settled = useDeferredValue(form);
  const checked = useMemo(
    () => checkForm(settled, { customIdPattern: rules?.customIdPattern ?? null }),
    [settled, rules],
  );

  const content = useMemo(() => ({ name: name.text, connection, form }), [name.text, connection, form]);
  const draft = useDraft({
    initial,
    content,
    enabled: mayOperate && door === 'form',
    onTheirs: (theirs) => {
      setName({ text: theirs.name, own: true });
      setConnection(theirs.connectionId);
      batch.replace(() => theirs.form);
    },
  });

  const picked = usePicked(rules);
  const outgoing = useMemo(() => outgoingForm(settled, checked), [settled, checked]);
  const problems = useMemo(() => problemsOf(settled, checked), [settled, checked]);
  const shown = door === 'form' ? outgoing : outgoingFile(picked.overall.file, picked.overall);
  const reason = reasonAgainst({ name: name.text, outgoing: shown, target, mayOperate });
  const { creating, create, createAll, cancel } = useCreate(picked.hear);

  const before = useRef<{ form: BatchForm; now: BatchForm } | null>(null);
  /** Back to the kind it came from it is what it was, if nobody touched it meanwhile. */
  async function reshape(shape: ShapeName) {
    const { convertForm } = await import('#lib/model/request-form/convert');
    batch.replace((now) => {
      const was = before.current;
      const next = was?.now === now && was.form.shape === shape ? was.form : convertForm(now, shape);
      before.current = { form: now, now: next };
      return next;
    });
  }

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
    if (reason !== null || !target) return;
    const where = { connection: target.id, ...headersFor(target, route) };
    if (door === 'jsonl') {
      await createAll(() => picked.named(name.text), where);
      return;
    }
    const { bundleOf } = await import('./bundle.ts');
    const made = await create(bundleOf(form, name.text), where, name.text.trim());
    if (made) await draft.keeper.end();
  }

  const [draftId] = useUrlParam('draft');
  return (
    <div className="grid gap-x-8 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem] xl:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-5">
        {troubled.includes(draft.step.step) && (
          <DraftBand step={draft.step} keeper={draft.keeper} kept={draftId !== null} />
        )}
        {draftId === null && draft.step.step === 'none' && unfinished.length > 0 && (
          <Unfinished drafts={unfinished} />
        )}
        <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
          <Field label="Name">
            <Input
              value={name.text}
              maxLength={200}
              onChange={(event) => setName({ text: event.target.value, own: true })}
            />
          </Field>
          <Field label="Connection">
            <Combobox
              value={connection}
              onChange={connect}
              placeholder="Choose a connection"
              options={targets.map(({ id, name, preset, locked }) => ({
                value: id,
                label: name,
                hint: preset === 'sandbox' ? 'built in, costs nothing' : preset,
                reason: locked,
              }))}
            />
          </Field>
          {target?.capabilities.route && (
            <RouteChoice
              target={target}
              value={route}
              onChange={(provider) => setRoutes({ ...routes, [target.id]: provider })}
            />
          )}
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
