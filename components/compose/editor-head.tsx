'use client';
import type { BatchForm } from '#lib/model/request-form/form';
import { type Open, openRequests } from '#lib/model/request-form/standing';
import { CopyMenu } from './copy-menu.tsx';
import type { Target } from './outgoing.ts';

/** What the editor is open on, and what that means. */
export function EditorHead({ form, open, target }: { form: BatchForm; open: Open; target: Target | null }) {
  const requests = openRequests(form, open);
  const [first] = requests;
  const at = first ? form.requests.indexOf(first) + 1 : 0;
  const title =
    open === 'defaults'
      ? 'Defaults'
      : requests.length > 1
        ? `${requests.length} requests`
        : `Request ${at} of ${form.requests.length}`;
  const meaning =
    open === 'defaults'
      ? 'What every request sends that says nothing else.'
      : requests.length > 1
        ? 'What is set here is set on all of them.'
        : 'Fields left alone follow the defaults.';
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <h2 className="font-semibold text-lg">{title}</h2>
        <p className="text-pretty text-muted text-sm">{meaning}</p>
      </div>
      <CopyMenu form={form} chosen={requests} target={target} />
    </div>
  );
}
