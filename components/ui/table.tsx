import type { ComponentProps } from 'react';
import { cn } from '#lib/cn';

/** A plain table with hairlines. It scrolls sideways by itself, and can be scrolled by keys. */
export function Table({ label, className, ...rest }: ComponentProps<'table'> & { label: string }) {
  return (
    <div className="overflow-x-auto">
      <table
        {...rest}
        aria-label={label}
        className={cn('w-full border-collapse text-left text-sm', className)}
      />
    </div>
  );
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      {...rest}
      className={cn('h-8 whitespace-nowrap border-b px-3 font-medium text-muted text-xs', className)}
    />
  );
}

export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr {...rest} className={cn('h-row border-b transition-colors hover:bg-hover', className)} />;
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td {...rest} className={cn('px-3 py-1 align-middle', className)} />;
}
