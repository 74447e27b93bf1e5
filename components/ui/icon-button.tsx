'use client';
import type { ComponentProps, ReactNode } from 'react';
import { type ButtonLook, type ButtonSize, buttonClass } from './button-class.ts';
import type { Side } from './place.ts';
import { Tooltip } from './tooltip.tsx';

export function IconButton({
  label,
  hint,
  look = 'ghost',
  size,
  side,
  className,
  children,
  type = 'button',
  ...rest
}: Omit<ComponentProps<'button'>, 'disabled' | 'aria-label'> & {
  label: string;
  /** Beside the name in the tooltip only, e.g. a key. */
  hint?: ReactNode;
  look?: ButtonLook;
  size?: ButtonSize;
  side?: Side;
}) {
  return (
    <Tooltip
      side={side}
      text={
        <span className="flex items-center gap-2">
          {label} {hint}
        </span>
      }
    >
      <button
        {...rest}
        type={type}
        aria-label={label}
        className={buttonClass({ look, size, square: true, className })}
      >
        {children}
      </button>
    </Tooltip>
  );
}
