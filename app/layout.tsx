import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '#components/shell/providers';
import { readPreferences } from '#components/shell/read-preferences';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Batchdeck', template: '%s · Batchdeck' },
  description: 'Compose, send and watch batches of LLM requests.',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafaf9' },
    { media: '(prefers-color-scheme: dark)', color: '#0f0f11' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Read so that every page, 404 and 500 too, is drawn per request and carries its nonce.
  await headers();
  const preferences = await readPreferences();
  return (
    <html
      lang="en"
      data-theme={preferences.theme}
      data-density={preferences.density}
      // On a phone the navigation lies over the foot of the page: what is gone to must not come to rest under it.
      className={`${GeistSans.variable} ${GeistMono.variable} max-md:scroll-pb-[calc(4rem+env(safe-area-inset-bottom))]`}
      suppressHydrationWarning
    >
      <body>
        <Providers format={preferences.format} renderedAt={Date.now()}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
