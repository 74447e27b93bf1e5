'use client';
import { ChevronDown } from 'lucide-react';
import { type ComponentProps, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { cn } from '#lib/cn';
import { type ButtonLook, type ButtonSize, buttonClass } from './button-class.ts';
import { type Align, place, type Side } from './place.ts';
import { useOpenedEarly } from './use-opened-early.ts';

/** A button that opens a list of actions. Light dismissal, Escape and focus return are the browser's. */
export function Menu({
  label,
  icon,
  iconOnly = false,
  trigger,
  look = 'quiet',
  size,
  side = 'bottom',
  align = 'end',
  className,
  children,
}: {
  label: string;
  icon?: ReactNode;
  iconOnly?: boolean;
  /** Takes the place of icon and words inside the button. */
  trigger?: ReactNode;
  look?: ButtonLook;
  size?: ButtonSize;
  side?: Side;
  align?: Align;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  /** At once, not in the browser's own later step: the next key already belongs to the menu. */
  function toggle() {
    if (!list.current?.togglePopover() || !button.current) return;
    place(list.current, button.current, side, align);
    itemsOf(list.current)[0]?.focus();
  }

  useOpenedEarly(list, toggle);
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        onClick={(event) => {
          event.preventDefault();
          toggle();
        }}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={trigger ? label : undefined}
        title={iconOnly ? label : undefined}
        className={buttonClass({ look, size, square: iconOnly && !trigger, className })}
      >
        {trigger ?? (
          <>
            {icon}
            <span className={iconOnly ? 'sr-only' : 'contents'}>{label}</span>
            {!iconOnly && <ChevronDown aria-hidden className="-mr-1 opacity-60" />}
          </>
        )}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        onBeforeToggle={(event) => setOpen(event.newState === 'open')}
        onKeyDown={(event) => walk(event, list.current)}
        onClick={(event) => {
          const item = event.target instanceof Element && event.target.closest('[role^="menuitem"]');
          if (item && item.getAttribute('aria-disabled') !== 'true') list.current?.hidePopover();
        }}
        className="appear fixed inset-auto m-0 min-w-48 max-w-80 rounded-panel bg-raised p-1 text-ink shadow-float"
      >
        {children}
      </div>
    </>
  );
}

const itemClass =
  'flex w-full items-center gap-2.5 rounded-control px-2.5 py-1.5 text-left text-sm outline-none -outline-offset-2 focus:bg-hover hover:bg-hover aria-disabled:text-muted [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted';

export function MenuItem({
  icon,
  danger = false,
  reason,
  hint,
  children,
  onClick,
  className,
  ...rest
}: ComponentProps<'button'> & {
  icon?: ReactNode;
  danger?: boolean;
  reason?: string | null;
  hint?: ReactNode;
}) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      {...rest}
      aria-disabled={reason ? true : undefined}
      onClick={(event) => !reason && onClick?.(event)}
      className={cn(itemClass, danger && 'text-bad', className)}
    >
      {icon}
      <span className="grid flex-1">
        {children}
        {reason && <span className="text-muted text-xs">{reason}</span>}
      </span>
      {hint}
    </button>
  );
}

export function MenuLink({ icon, children, className, ...rest }: ComponentProps<'a'> & { icon?: ReactNode }) {
  return (
    <a role="menuitem" tabIndex={-1} {...rest} className={cn(itemClass, className)}>
      {icon}
      <span className="flex-1">{children}</span>
    </a>
  );
}

export function MenuChoice({ checked, children, ...rest }: ComponentProps<'button'> & { checked: boolean }) {
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={checked}
      tabIndex={-1}
      {...rest}
      className={cn(itemClass, 'justify-between')}
    >
      {children}
      <span aria-hidden className={cn('size-1.5 rounded-full', checked && 'bg-accent')} />
    </button>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <p className="px-2.5 pt-2 pb-1 text-muted text-xs">{children}</p>;
}

export function MenuLine() {
  return <hr className="-mx-1 my-1" />;
}

function itemsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
}

function walk(event: KeyboardEvent, list: HTMLElement | null): void {
  if (!list) return;
  const items = itemsOf(list);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = target(event.key, at, items);
  if (event.key === 'Tab') list.hidePopover();
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}

function target(key: string, at: number, items: HTMLElement[]): HTMLElement | undefined {
  if (key === 'ArrowDown') return items[(at + 1) % items.length];
  if (key === 'ArrowUp') return items.at(at <= 0 ? -1 : at - 1);
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (!/^[\p{L}\p{N}]$/u.test(key)) return undefined;
  const later = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return later.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
}
