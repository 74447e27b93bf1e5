'use client';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { cn } from '#lib/cn';
import { IconButton } from './icon-button.tsx';

const widths = { sm: 'max-w-sm', md: 'max-w-lg', lg: 'max-w-2xl', xl: 'max-w-4xl', wide: 'max-w-7xl' };

type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  /** Buttons at the foot; the safe one carries `data-autofocus`. */
  footer?: ReactNode;
  size?: keyof typeof widths;
  /** A click beside it does not close it: what was typed would be lost. */
  stays?: boolean;
  children?: ReactNode;
};

/** The browser's own modal: it holds the focus, closes on Escape, and gives the focus back. */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null;
}

function OpenDialog({
  onClose,
  title,
  description,
  footer,
  size = 'md',
  stays = false,
  children,
}: Omit<DialogProps, 'open'>) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();

  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    (element?.querySelector<HTMLElement>('[data-autofocus]') ?? firstFieldOf(element) ?? element)?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onCancel={(event) => {
        if (event.target !== dialog.current) return;
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => event.target === dialog.current && !stays && onClose()}
      className={cn(
        'appear m-auto max-h-[min(46rem,calc(100dvh-2rem))] w-[calc(100%-2rem)] flex-col overflow-hidden rounded-panel bg-raised p-0 text-ink shadow-float outline-none backdrop:transition-opacity open:flex',
        'max-sm:mb-0 max-sm:w-full max-sm:max-w-none max-sm:rounded-b-none',
        widths[size],
      )}
    >
      <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
        <div className="grid gap-1">
          <h2 id={`${id}-title`} className="font-semibold text-lg">
            {title}
          </h2>
          {description && (
            <div id={`${id}-description`} className="text-pretty text-muted text-sm">
              {description}
            </div>
          )}
        </div>
        <IconButton label="Close" onClick={onClose} className="-mr-2 -mt-0.5">
          <X aria-hidden />
        </IconButton>
      </header>
      {children && (
        <div data-body className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pt-1 pb-5">
          {children}
        </div>
      )}
      {footer && <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</footer>}
    </dialog>
  );
}

function firstFieldOf(dialog: HTMLDialogElement | null): HTMLElement | null {
  return dialog?.querySelector<HTMLElement>('[data-body] :is(input, textarea, select, button, a)') ?? null;
}
