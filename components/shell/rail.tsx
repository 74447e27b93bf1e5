'use client';
import { Files, Layers, type LucideIcon, PanelLeft, Plug, Plus, Settings } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { IconButton } from '#components/ui/icon-button';
import { Kbd } from '#components/ui/kbd';
import { cn } from '#lib/cn';
import type { Me } from '#lib/model/member';
import { paths } from '#lib/paths';
import { HelpDialog } from './help-dialog.tsx';
import { keepPreference } from './keep-preference.ts';
import { Mark } from './mark.tsx';
import { PersonMenu } from './person-menu.tsx';
import { RunningNow } from './running-now.tsx';
import { Shortcuts } from './shortcuts.tsx';

const places: { href: string; name: string; icon: LucideIcon; order: string }[] = [
  { href: paths.batches, name: 'Batches', icon: Layers, order: 'max-md:order-1' },
  { href: paths.files, name: 'Files', icon: Files, order: 'max-md:order-2' },
  { href: paths.connections, name: 'Connections', icon: Plug, order: 'max-md:order-4' },
  { href: paths.settings, name: 'Settings', icon: Settings, order: 'max-md:order-5' },
];

/** The one navigation: a column beside the page, a bar below it on phones. */
export function Rail({ me, foldedAtFirst }: { me: Me; foldedAtFirst: boolean }) {
  const [folded, setFolded] = useState(foldedAtFirst);
  const [helping, setHelping] = useState(false);

  function fold() {
    keepPreference('rail', folded ? 'open' : 'folded');
    setFolded(!folded);
  }

  return (
    <aside
      aria-label="Sidebar"
      data-noprint
      className={cn(
        'z-20 flex bg-canvas max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:border-t max-md:pb-[env(safe-area-inset-bottom)]',
        'md:sticky md:top-0 md:h-dvh md:flex-col md:border-r md:px-2 md:py-3',
        'md:w-14',
        !folded && 'lg:w-[216px]',
      )}
    >
      <div
        className={cn(
          'flex items-center pb-3 max-md:hidden',
          folded ? 'flex-col gap-2' : 'justify-between pl-2',
        )}
      >
        <Link href={paths.batches} aria-label="Batchdeck" className="flex items-center gap-2 rounded-control">
          <Mark />
          {!folded && <span className="hidden font-semibold tracking-tight lg:inline">Batchdeck</span>}
        </Link>
        <IconButton
          label={folded ? 'Widen the sidebar' : 'Fold the sidebar'}
          side="right"
          size="sm"
          aria-expanded={!folded}
          onClick={fold}
          className="max-lg:hidden"
        >
          <PanelLeft aria-hidden />
        </IconButton>
      </div>
      <nav aria-label="Main" className="max-md:flex-1">
        <ul className="flex gap-0.5 max-md:justify-between max-md:px-1.5 md:flex-col">
          <NewBatch folded={folded} />
          {places.map((place) => (
            <Place key={place.href} {...place} folded={folded} />
          ))}
        </ul>
      </nav>
      <div className="mt-6 min-h-0 flex-1 overflow-y-auto max-md:hidden">
        {!folded && (
          <div className="hidden lg:block">
            <RunningNow />
          </div>
        )}
      </div>
      <div className="max-md:hidden">
        <PersonMenu me={me} folded={folded} onHelp={() => setHelping(true)} />
      </div>
      <Shortcuts onHelp={() => setHelping(true)} />
      <HelpDialog open={helping} onClose={() => setHelping(false)} />
    </aside>
  );
}

const itemClass =
  'flex items-center rounded-control text-sm transition-colors max-md:h-14 max-md:flex-col max-md:justify-center max-md:gap-1 max-md:text-[11px] md:h-8 md:gap-2.5 md:px-2';

function NewBatch({ folded }: { folded: boolean }) {
  const here = usePathname() === paths.newBatch;
  return (
    <li className="max-md:order-3 md:pb-3">
      <Link
        href={paths.newBatch}
        aria-label="New batch"
        aria-current={here ? 'page' : undefined}
        title="New batch"
        className={cn(
          itemClass,
          'font-medium max-md:text-accent md:bg-accent md:text-on-accent md:hover:bg-accent-hover',
          folded ? 'md:justify-center' : 'md:max-lg:justify-center',
        )}
      >
        <Plus aria-hidden className="size-4 max-md:size-5" />
        <span className={cn('flex-1 max-md:flex-none', folded ? 'md:hidden' : 'md:max-lg:hidden')}>
          New batch
        </span>
        <Kbd className={cn('max-lg:hidden', folded && 'md:hidden')}>C</Kbd>
      </Link>
    </li>
  );
}

function Place({ href, name, icon: Icon, order, folded }: (typeof places)[number] & { folded: boolean }) {
  const path = usePathname();
  const here = path === href || (path.startsWith(`${href}/`) && path !== paths.newBatch);
  return (
    <li className={order}>
      <Link
        href={href}
        aria-label={name}
        aria-current={here ? 'page' : undefined}
        title={name}
        className={cn(
          itemClass,
          here ? 'font-medium text-ink md:bg-track' : 'text-muted hover:text-ink md:hover:bg-hover',
          folded ? 'md:justify-center' : 'md:max-lg:justify-center',
        )}
      >
        <Icon aria-hidden className="size-4 max-md:size-5" />
        <span className={folded ? 'md:hidden' : 'md:max-lg:hidden'}>{name}</span>
      </Link>
    </li>
  );
}
