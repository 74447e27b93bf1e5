'use client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { FormatProvider } from '#components/ui/format-context';
import { ToastProvider } from '#components/ui/toast';
import { ApiError } from '#lib/api-client';
import { type Format, plainFormat } from '#lib/format';
import { writeFormat } from '#lib/model/preferences';
import { keepPreference } from './keep-preference.ts';

export function Providers({
  format,
  renderedAt,
  children,
}: {
  /** Null on the first visit: the browser's own is then kept for the next. */
  format: Format | null;
  renderedAt: number;
  children: ReactNode;
}) {
  const [queries] = useState(makeQueries);
  const [own, setOwn] = useState(format);
  useEffect(() => {
    if (format) return;
    const { locale, timeZone: zone } = new Intl.DateTimeFormat().resolvedOptions();
    keepPreference('format', writeFormat({ locale, zone }));
    setOwn({ locale, zone });
  }, [format]);
  return (
    <QueryClientProvider client={queries}>
      <FormatProvider format={own ?? plainFormat} renderedAt={renderedAt}>
        <ToastProvider>{children}</ToastProvider>
      </FormatProvider>
    </QueryClientProvider>
  );
}

function makeQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 1_000,
        // A refusal will be the same in a second; only a lost connection is worth another try.
        retry: (count, error) => count < 3 && error instanceof ApiError && error.status === 0,
      },
    },
  });
}
