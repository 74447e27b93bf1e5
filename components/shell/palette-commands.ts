import type { Theme } from '#lib/model/preferences';
import { paths } from '#lib/paths';

export type Command = { id: string; name: string; hint?: string; run: () => void };
type Hands = { go: (path: string) => void; setTheme: (theme: Theme) => void };

export function commandsFor({ go, setTheme }: Hands): Command[] {
  const place = (id: string, name: string, path: string): Command => ({ id, name, run: () => go(path) });
  const theme = (value: Theme, name: string): Command => ({
    id: `theme-${value}`,
    name,
    run: () => setTheme(value),
  });
  return [
    place('new', 'New batch', paths.newBatch),
    place('needs-you', 'Batches that need you', `${paths.batches}?view=needs-you`),
    place('running', 'Running batches', `${paths.batches}?view=running`),
    place('batches', 'All batches', paths.batches),
    place('files', 'Files', paths.files),
    place('connections', 'Connections', paths.connections),
    place('settings', 'Settings', paths.settings),
    theme('dark', 'Dark theme'),
    theme('light', 'Light theme'),
    theme('system', 'Theme of the system'),
  ];
}

/** Every word typed begins a word of the name; with nothing typed, the first few. */
export function matching(commands: Command[], q: string): Command[] {
  if (q === '') return commands.slice(0, 4);
  const wanted = q.toLowerCase().split(/\s+/);
  return commands.filter(({ name }) => {
    const words = name.toLowerCase().split(/\s+/);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  });
}
