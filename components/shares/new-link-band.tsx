'use client';
import { Band } from '#components/ui/band';
import { CopyButton } from '#components/ui/copy-button';
import { Input } from '#components/ui/input';
import type { NewLink } from './queries.ts';

/** The link itself, which is shown this once: only a hash of it is kept. */
export function NewLinkBand({ link }: { link: NewLink }) {
  return (
    <Band tone="ok" title="Copy the link now. It is not shown again.">
      <div className="grid gap-2 pt-1.5">
        <div className="flex gap-2">
          <Input
            readOnly
            aria-label="Share link"
            value={link.url}
            onFocus={(event) => event.target.select()}
            className="font-mono text-xs"
          />
          <CopyButton value={link.url} size="md" label="Copy link">
            Copy
          </CopyButton>
        </div>
        {link.loopback && (
          <p className="text-muted text-sm">
            This link opens on this machine only. Set APP_URL to the address others reach Batchdeck at to make
            links for them.
          </p>
        )}
      </div>
    </Band>
  );
}
