import type { ReactNode } from 'react';
import { Rail } from '#components/shell/rail';
import { readPreferences } from '#components/shell/read-preferences';
import { currentContext } from '#lib/auth/current-user';
import { whoAmI } from '#lib/auth/who-am-i';

/** Draws the frame. Who may see a page is asked by the page itself. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const ctx = await currentContext();
  if (!ctx) return children;
  const { railFolded } = await readPreferences();
  return (
    <div className="md:flex">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-control bg-accent px-3 py-2 font-medium text-on-accent text-sm focus:translate-y-0"
      >
        Skip to content
      </a>
      <Rail me={whoAmI(ctx).me} foldedAtFirst={railFolded} />
      <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none max-md:pb-16">
        {children}
      </main>
    </div>
  );
}
