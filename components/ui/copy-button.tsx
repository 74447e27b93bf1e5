'use client';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cn } from '#lib/cn';
import { Button } from './button.tsx';
import type { ButtonLook, ButtonSize } from './button-class.ts';
import { IconButton } from './icon-button.tsx';

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
  const [said, setSaid] = useState<'Copied' | 'Copying was refused by the browser' | ''>('');
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(''), 2_000);
    return () => clearTimeout(timer);
  }, [said]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(typeof value === 'string' ? value : await value());
      setSaid('Copied');
    } catch {
      setSaid('Copying was refused by the browser');
    }
  }

  const icon = said === 'Copied' ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />;
  return (
    <>
      {children ? (
        <Button look={look} size={size} icon={icon} onClick={copy} className={cn('print:hidden', className)}>
          {children}
        </Button>
      ) : (
        <IconButton
          label={label}
          look={look}
          size={size}
          onClick={copy}
          className={cn('print:hidden', className)}
        >
          {icon}
        </IconButton>
      )}
      <span role="status" className={said.length > 6 ? 'text-bad text-sm' : 'sr-only'}>
        {said}
      </span>
    </>
  );
}
