'use client';
import { FilePen } from 'lucide-react';
import { Menu, MenuLink } from '#components/ui/menu';
import { Num } from '#components/ui/num';
import { Time } from '#components/ui/time';
import type { DraftSummary } from '#lib/model/draft';
import { paths } from '#lib/paths';

/** Drafts somebody left: the newest in sight, the others a click away. */
export function Unfinished({ drafts }: { drafts: DraftSummary[] }) {
  const [first] = drafts;
  if (!first) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control border border-line px-3 py-2 text-sm">
      <FilePen aria-hidden className="size-4 shrink-0 text-muted" />
      <p className="min-w-0 flex-1 basis-48 truncate">
        <a
          href={paths.draft(first.id)}
          className="font-medium text-accent underline-offset-4 hover:underline"
        >
          Continue {nameOf(first)}
        </a>{' '}
        <span className="text-muted">
          <Requests draft={first} /> · <Time at={first.updatedAt} /> · {first.updatedBy}
        </span>
      </p>
      {drafts.length > 1 && (
        <Menu label={`All drafts, ${drafts.length}`} size="sm" look="ghost">
          {drafts.map((draft) => (
            <MenuLink key={draft.id} href={paths.draft(draft.id)}>
              <span className="block truncate">{nameOf(draft)}</span>
              <span className="block truncate text-muted text-xs">
                <Requests draft={draft} /> · <Time at={draft.updatedAt} /> · {draft.updatedBy}
              </span>
            </MenuLink>
          ))}
        </Menu>
      )}
    </div>
  );
}

function Requests({ draft: { requests } }: { draft: DraftSummary }) {
  return (
    <>
      <Num value={requests} /> {requests === 1 ? 'request' : 'requests'}
    </>
  );
}

function nameOf({ name }: DraftSummary): string {
  return name.trim() || 'a draft without a name';
}
