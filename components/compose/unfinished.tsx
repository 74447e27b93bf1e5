'use client';
import { FilePen, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '#components/ui/icon-button';
import { Menu, MenuLink } from '#components/ui/menu';
import { Num } from '#components/ui/num';
import { Time } from '#components/ui/time';
import { useToast } from '#components/ui/toast';
import type { DraftSummary } from '#lib/model/draft';
import { paths } from '#lib/paths';
import { draftStore } from './queries.ts';

/** Drafts somebody left: the newest in sight, the others a click away. */
export function Unfinished({ drafts }: { drafts: DraftSummary[] }) {
  const toast = useToast();
  const [gone, setGone] = useState<string[]>([]);
  const left = drafts.filter(({ id }) => !gone.includes(id));
  const [first] = left;
  if (!first) return null;

  async function drop({ id, name }: DraftSummary) {
    try {
      const draft = await draftStore.read(id);
      if (draft) await draftStore.remove(id);
      setGone((before) => [...before, id]);
      if (!draft) return;
      const undo = async () => {
        const { connectionId: connection, route, form } = draft;
        await draftStore.create(id, { name, connection, route, form }, {});
        setGone((before) => before.filter((one) => one !== id));
      };
      toast({ title: 'Draft deleted.', tone: 'info', action: { label: 'Undo', onClick: undo } });
    } catch (error) {
      toast({ title: error instanceof Error ? error.message : 'It could not be deleted.', tone: 'bad' });
    }
  }

  return (
    <div className="flex items-center gap-3 rounded-control border border-line py-1 pr-1 pl-3 text-sm">
      <FilePen aria-hidden className="size-4 shrink-0 text-muted" />
      <p className="min-w-0 flex-1 truncate">
        <a
          href={paths.draft(first.id)}
          className="font-medium text-accent underline-offset-4 hover:underline"
        >
          Continue {nameOf(first)}
        </a>
        <span className="text-muted">
          {' · '}
          <About draft={first} />
        </span>
      </p>
      {left.length > 1 && (
        <Menu label={`All ${left.length}`} size="sm" look="ghost">
          {left.map((draft) => (
            <MenuLink key={draft.id} href={paths.draft(draft.id)}>
              <span className="block truncate">{nameOf(draft)}</span>
              <span className="block truncate text-muted text-xs">
                <About draft={draft} />
              </span>
            </MenuLink>
          ))}
        </Menu>
      )}
      <IconButton label={`Delete the draft ${nameOf(first)}`} size="sm" onClick={() => drop(first)}>
        <Trash2 aria-hidden />
      </IconButton>
    </div>
  );
}

function About({ draft: { requests, errors, updatedAt, updatedBy } }: { draft: DraftSummary }) {
  return (
    <>
      <Num value={requests} /> {requests === 1 ? 'request' : 'requests'}
      {errors > 0 && `, ${errors} to fix`} · <Time at={updatedAt} /> · {updatedBy}
    </>
  );
}

function nameOf({ name }: DraftSummary): string {
  return name.trim() || 'a draft without a name';
}
