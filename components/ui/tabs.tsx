'use client';
import * as RadixTabs from '@radix-ui/react-tabs';
import { type ReactNode, useEffect, useRef } from 'react';
import { cn } from '#lib/cn';

export type TabItem = { value: string; label: string; badge?: string };

/** The tab is named by its word; what stands beside it is for the eye. */
export function Tabs({
  value,
  onChange,
  items,
  label,
  className,
  children,
}: {
  value: string;
  onChange: (value: string) => void;
  items: TabItem[];
  label: string;
  className?: string;
  children: ReactNode;
}) {
  const list = useRef<HTMLDivElement>(null);
  // Where there is no room for all, the one that is open is in sight. The page itself does not move.
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`[data-tab="${value}"]`);
    if (tab && list.current)
      list.current.scrollLeft = tab.offsetLeft - (list.current.clientWidth - tab.offsetWidth) / 2;
  }, [value]);
  return (
    <RadixTabs.Root value={value} onValueChange={onChange} className={className}>
      <RadixTabs.List
        ref={list}
        aria-label={label}
        data-noprint
        className="relative flex gap-5 overflow-x-auto overflow-y-hidden border-b [scrollbar-width:none]"
      >
        {items.map((item) => (
          <RadixTabs.Trigger
            key={item.value}
            value={item.value}
            aria-label={item.label}
            data-tab={item.value}
            data-badge={item.badge}
            className={cn(
              '-mx-1 -mb-px flex h-10 items-center gap-1.5 whitespace-nowrap px-1 border-transparent border-b-2 font-medium text-muted text-sm -outline-offset-2 transition-colors hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink',
              item.badge &&
                'after:tabular after:font-normal after:text-muted after:text-xs after:content-[attr(data-badge)]',
            )}
          >
            {item.label}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {children}
    </RadixTabs.Root>
  );
}

export function TabPanel({
  value,
  className,
  children,
}: {
  value: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <RadixTabs.Content value={value} className={cn('outline-offset-4', className)}>
      {children}
    </RadixTabs.Content>
  );
}
