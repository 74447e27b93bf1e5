'use client';
import { Keyboard, LogOut } from 'lucide-react';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from '#components/ui/menu';
import { useToast } from '#components/ui/toast';
import { cn } from '#lib/cn';
import type { Me } from '#lib/model/member';
import { type Theme, themes } from '#lib/model/preferences';
import { signOut } from './sign-out.ts';
import { useTheme } from './theme.tsx';

export const themeWords: Record<Theme, string> = {
  system: 'Follow the system',
  light: 'Light',
  dark: 'Dark',
};

export function PersonMenu({ me, folded, onHelp }: { me: Me; folded: boolean; onHelp: () => void }) {
  const [theme, setTheme] = useTheme();
  const toast = useToast();
  return (
    <Menu
      label={`${me.name}: account`}
      look="ghost"
      size="lg"
      side="top"
      align="start"
      className={cn('w-10 min-w-0 px-1.5!', !folded && 'lg:w-full lg:justify-start')}
      trigger={
        <>
          <Initials name={me.name} />
          {!folded && (
            <span className="hidden min-w-0 flex-1 truncate text-left font-normal text-ink text-sm lg:block">
              {me.name}
            </span>
          )}
        </>
      }
    >
      <p className="max-w-64 truncate px-2.5 pt-1.5 font-medium text-sm">{me.name}</p>
      <p className="px-2.5 pb-1.5 text-muted text-xs">{me.role}</p>
      <MenuLine />
      <MenuLabel>Theme</MenuLabel>
      {themes.map((each) => (
        <MenuChoice key={each} checked={theme === each} onClick={() => setTheme(each)}>
          {themeWords[each]}
        </MenuChoice>
      ))}
      <MenuLine />
      <MenuItem icon={<Keyboard aria-hidden />} onClick={onHelp}>
        Help and keys
      </MenuItem>
      <MenuItem
        icon={<LogOut aria-hidden />}
        onClick={() => signOut().catch((error: Error) => toast({ title: error.message, tone: 'bad' }))}
      >
        Sign out
      </MenuItem>
    </Menu>
  );
}

/** The first letters of a person, for the eye: the name stands beside it. */
export function Initials({ name, className }: { name: string; className?: string }) {
  const words = name.replace(/@.*/, '').split(/[\s._-]+/);
  const letters = words.length > 1 ? `${words[0]?.[0] ?? ''}${words[1]?.[0] ?? ''}` : name.slice(0, 2);
  return (
    <span
      aria-hidden
      data-letters={letters}
      className={cn(
        'before:content-[attr(data-letters)] grid size-6 shrink-0 place-items-center rounded-full bg-track font-medium text-[10px] text-ink uppercase',
        className,
      )}
    />
  );
}
