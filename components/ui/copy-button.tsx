'use client';
import { cn } from '#lib/cn';
import { Button } from './button.tsx';
import type { ButtonLook, ButtonSize } from './button-class.ts';
import { IconButton } from './icon-button.tsx';
import { useCopy } from './use-copy.tsx';

/** Copies and says so in place. With `children` a button with words, else an icon. */
export function CopyButton({
  value,
  label = 'Copy',
  look,
  size = 'sm',
  children,
  className,
}: {
  value: string | (() => string | Promise<string>);
  label?: string;
  look?: ButtonLook;
  size?: ButtonSize;
  children?: string;
  className?: string;
}) {
  const { copy, icon, status } = useCopy();
  const onClick = () => copy(typeof value === 'string' ? () => value : value);
  return (
    <>
      {children ? (
        <Button
          look={look}
          size={size}
          icon={icon}
          onClick={onClick}
          className={cn('print:hidden', className)}
        >
          {children}
        </Button>
      ) : (
        <IconButton
          label={label}
          look={look}
          size={size}
          onClick={onClick}
          className={cn('print:hidden', className)}
        >
          {icon}
        </IconButton>
      )}
      {status}
    </>
  );
}
