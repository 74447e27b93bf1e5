import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { type ButtonLook, type ButtonSize, buttonClass } from '#components/ui/button-class';

/** A link that looks like a button, because it is the next thing to do. */
export function LinkButton({
  look,
  size,
  icon,
  className,
  children,
  ...rest
}: ComponentProps<typeof Link> & { look?: ButtonLook; size?: ButtonSize; icon?: ReactNode }) {
  return (
    <Link {...rest} className={buttonClass({ look, size, className })}>
      {icon}
      {children}
    </Link>
  );
}
