'use client';
import { type ComponentProps, type MouseEvent, type ReactNode, useId } from 'react';
import { type ButtonLook, type ButtonSize, buttonClass } from './button-class.ts';
import { Spinner } from './spinner.tsx';
import { Tooltip } from './tooltip.tsx';

export type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> & {
  look?: ButtonLook;
  size?: ButtonSize;
  icon?: ReactNode;
  /** Working: keeps its width and its name, takes no second click. */
  busy?: boolean;
  /** Why it is off. While there is a reason it stays focusable and says so. */
  reason?: string | null | false;
};

export function Button({
  look,
  size,
  icon,
  busy = false,
  reason,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const off = busy || Boolean(reason);
  const button = (
    <button
      {...rest}
      type={type}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      aria-describedby={reason ? reasonId : rest['aria-describedby']}
      onClick={(event) => (off ? stop(event) : onClick?.(event))}
      className={buttonClass({ look, size, className })}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
  if (reason === undefined) return button;
  // Wrapped with or without a reason: a button that is turned off or on keeps the focus.
  return (
    <Tooltip id={reasonId} text={reason || ''}>
      {button}
    </Tooltip>
  );
}

function stop(event: MouseEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
