import type { ComponentProps } from 'react';
import { cn } from '#lib/cn';

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
