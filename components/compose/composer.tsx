'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMemo, useState } from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import { useUrlParam } from '#components/shell/use-url-param';
import { Combobox } from '#components/ui/combobox';
import { Field } from '#components/ui/field';
import { Input } from '#components/ui/input';
import { TabPanel, Tabs } from '#components/ui/tabs';
import { createSha256 } from '#lib/jsonl/sha256';
import { type RequestsForm, requestsFormSchema } from '#lib/model/request-form.schema';
import { composeLines, emptyRequest } from '#lib/model/request-line';
import { type Door, draftOfFile, draftOfForm, reasonAgainst, type Target } from './draft.ts';
import { JsonlDoor } from './jsonl-door.tsx';
import { stemOf } from './picked.ts';
import { RequestList } from './request-list.tsx';
import { Summary } from './summary.tsx';
import { targetRules } from './target-rules.ts';
import { type Bundle, useCreate } from './use-create.ts';
import { forgetRequests, useKeptRequests } from './use-kept-requests.ts';
import { usePicked } from './use-picked.ts';

const doors = [
  { value: 'form', label: 'Form' },
  { value: 'jsonl', label: 'JSONL' },
];

export type ComposerProps = {
  /** Whose drafts these are. */
  owner: string;
  targets: Target[];
  /** Models lately used, by connection. */
  recentModels: Record<string, string[]>;
  firstName: string;
  mayOperate: boolean;
};

/** Left the door, right what would be sent. Both doors keep what was put into them while the other is open. */
export function Composer({ owner, targets, recentModels, firstName, mayOperate }: ComposerProps) {
  const ready = targets.filter((target) => target.locked === null);
  const [word, setDoor] = useUrlParam('door');
  const door: Door = word === 'jsonl' ? 'jsonl' : 'form';
  const [name, setName] = useState({ text: firstName, own: false });
  const [connection, setConnection] = useState(ready[0]?.id ?? null);
  const target = targets.find(({ id }) => id === connection) ?? null;
  const models = modelsFor(target, recentModels);

  const form = useForm<RequestsForm>({
    resolver: zodResolver(requestsFormSchema),
    mode: 'onTouched',
    defaultValues: { requests: [emptyRequest('row-1', models[0] ?? '')] },
  });
  const requests = useWatch({ control: form.control, name: 'requests' });
  useKeptRequests(owner, form, requests);

  const rules = useMemo(() => target && targetRules(target), [target]);
  const picked = usePicked(rules);
  const draft = door === 'form' ? draftOfForm(requests) : draftOfFile(picked.overall.file, picked.overall);
  const reason = reasonAgainst({ name: name.text, draft, target, mayOperate });
  const { creating, create, createAll, cancel } = useCreate(picked.hear);

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
    if (reason !== null || !connection) return;
    if (door === 'jsonl') {
      await createAll(() => picked.named(name.text), connection);
      return;
    }
    const bundle = bundleOf(form.getValues('requests'), name.text);
    if (await create(bundle, connection, name.text.trim())) forgetRequests();
  }

  return (
    <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="grid content-start gap-6">
        <div className="grid gap-4 sm:grid-cols-2">
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
              onChange={setConnection}
              placeholder="Choose a connection"
              options={targets.map(({ id, name, preset, locked }) => ({
                value: id,
                label: name,
                hint: preset === 'sandbox' ? 'built in, costs nothing' : preset,
                reason: locked,
              }))}
            />
          </Field>
        </div>
        <Tabs value={door} onChange={setDoor} items={doors} label="How to compose">
          <TabPanel value="form" className="pt-5">
            <FormProvider {...form}>
              <RequestList models={models} />
            </FormProvider>
          </TabPanel>
          <TabPanel value="jsonl" className="pt-5">
            <JsonlDoor picked={picked} rules={rules} onFiles={take} />
          </TabPanel>
        </Tabs>
      </div>
      <Summary
        draft={draft}
        target={target}
        reason={reason}
        creating={creating}
        onCreate={submit}
        onCancel={cancel}
      />
    </div>
  );
}

const sandboxModels = ['instant', 'echo', 'slow', 'flaky', 'showcase'].map((name) => `sandbox/${name}`);

function modelsFor(target: Target | null, recent: Record<string, string[]>): string[] {
  const own = target?.preset === 'sandbox' ? sandboxModels : [];
  return [...new Set([...own, ...(recent[target?.id ?? ''] ?? [])])];
}

function bundleOf(requests: RequestsForm['requests'], name: string): Bundle {
  const bytes = new TextEncoder().encode(composeLines(requests));
  const hash = createSha256();
  hash.update(bytes);
  return { body: new Blob([bytes]), fileName: `${name.trim()}.jsonl`, sha256: hash.digest() };
}
