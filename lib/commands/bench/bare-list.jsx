'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';

/** A hundred thousand rows of fixed words in a bare virtual list: the floor of the results table. */
export function BareList() {
  const box = useRef(null);
  const virtual = useVirtualizer({
    count: 100_000,
    getScrollElement: () => box.current,
    estimateSize: () => 44,
    overscan: 8,
  });
  return (
    <div ref={box} data-scroller style={{ height: 640, overflow: 'auto' }}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => (
          <div key={key} data-row style={{ position: 'absolute', top: start, height: 44 }}>
            Row {index + 1} of a list that asks nobody
          </div>
        ))}
      </div>
    </div>
  );
}
