import { cn } from '#lib/cn';

export type ButtonLook = 'accent' | 'quiet' | 'ghost' | 'danger';
export type ButtonSize = 'sm' | 'md' | 'lg';

const looks: Record<ButtonLook, string> = {
  accent: 'bg-accent text-on-accent not-aria-disabled:hover:bg-accent-hover',
  quiet: 'border border-line-strong bg-surface text-ink not-aria-disabled:hover:bg-hover',
  ghost: 'text-muted not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-ink',
  danger: 'bg-bad-fill text-on-accent not-aria-disabled:hover:opacity-90',
};
const sizes: Record<ButtonSize, string> = {
  sm: 'h-7 gap-1.5 px-2.5 text-sm',
  md: 'h-8 gap-2 px-3 text-sm',
  lg: 'h-10 gap-2 px-4 text-base',
};
const squares: Record<ButtonSize, string> = { sm: 'size-7', md: 'size-8', lg: 'size-10' };

/** The look of a button, for links that act like one too. */
export function buttonClass({
  look = 'quiet',
  size = 'md',
  square = false,
  className,
}: {
  look?: ButtonLook;
  size?: ButtonSize;
  square?: boolean;
  className?: string;
} = {}): string {
  return cn(
    'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-control font-medium transition-colors duration-150',
    'aria-disabled:border-line aria-disabled:bg-track aria-disabled:text-muted',
    '[&_svg]:size-4 [&_svg]:shrink-0',
    looks[look],
    square ? squares[size] : sizes[size],
    className,
  );
}
