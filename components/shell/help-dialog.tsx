'use client';
import { Dialog } from '#components/ui/dialog';
import { Kbd } from '#components/ui/kbd';
import { shortcutHelp } from './shortcuts.tsx';

export function HelpDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Help"
      description="Everything works without a mouse. Keys rest while you type."
    >
      <dl className="grid gap-x-8 sm:grid-cols-2">
        {shortcutHelp.map(({ keys, what }) => (
          <div key={what} className="flex h-9 items-center justify-between gap-4 border-b">
            <dt>{what}</dt>
            <dd className="flex gap-1 text-muted">
              <span className="sr-only">{keys.join(' then ')}</span>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-pretty text-muted text-sm">
        A batch starts with a connection: where requests go and which key pays. The connection called Sandbox
        is built in, needs no key and costs nothing, so anything can be tried there first.
      </p>
    </Dialog>
  );
}
