'use client';
import { type ReactNode, useId, useRef, useState } from 'react';
import { type ButtonLook, type ButtonSize, buttonClass } from './button-class.ts';
import { type Align, place, type Side } from './place.ts';
import { useOpenedEarly } from './use-opened-early.ts';

/** A button that opens a panel of controls. Light dismissal, Escape and focus return are the browser's. */
export function Popover({
  label,
  icon,
  title,
  look = 'quiet',
  size,
  side = 'bottom',
  align = 'end',
  children,
}: {
  label: ReactNode;
  icon?: ReactNode;
  /** What the panel is called. */
  title: string;
  look?: ButtonLook;
  size?: ButtonSize;
  side?: Side;
  align?: Align;
  /** Drawn only while it is open. */
  children: (close: () => void) => ReactNode;
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useOpenedEarly(panel, () => panel.current?.showPopover());
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-expanded={open}
        className={buttonClass({ look, size })}
      >
        {icon}
        {label}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={title}
        onBeforeToggle={(event) => setOpen(event.newState === 'open')}
        onToggle={(event) => {
          if (event.newState !== 'open' || !panel.current || !button.current) return;
          place(panel.current, button.current, side, align);
          panel.current.querySelector<HTMLElement>('input, button')?.focus();
        }}
        className="appear fixed inset-auto m-0 max-h-[min(32rem,80dvh)] w-72 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-panel bg-raised p-1 text-ink shadow-float"
      >
        {open && children(() => panel.current?.hidePopover())}
      </div>
    </>
  );
}
