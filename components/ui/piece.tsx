'use client';
import { type ComponentType, lazy, Suspense } from 'react';

/**
 * A part of a page that comes when it is wanted. Unlike that of `next/dynamic`, its script is the one that a plain
 * `import()` of the same file fetches, so that it can be fetched ahead.
 */
export function piece<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const Piece = lazy(async () => ({ default: await load() }));
  return (props: Props) => (
    <Suspense>
      <Piece {...props} />
    </Suspense>
  );
}
