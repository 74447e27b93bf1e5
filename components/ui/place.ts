export type Side = 'top' | 'bottom' | 'right';
export type Align = 'start' | 'center' | 'end';

const edge = 8;

/** Puts what floats beside its anchor, on the other side where there is no room, never off the screen. */
export function place(floating: HTMLElement, anchor: Element, side: Side, align: Align, gap = 6): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const roomAbove = at.top - gap - height >= edge;
  const roomBelow = at.bottom + gap + height <= innerHeight - edge;
  let top: number;
  let left: number;
  if (side === 'right') {
    top = at.top + (at.height - height) / 2;
    left = at.right + gap;
  } else {
    const above = side === 'top' ? roomAbove || !roomBelow : !roomBelow && roomAbove;
    top = above ? at.top - gap - height : at.bottom + gap;
    left =
      align === 'start' ? at.left : align === 'end' ? at.right - width : at.left + (at.width - width) / 2;
  }
  floating.style.top = `${clamp(top, innerHeight - height)}px`;
  floating.style.left = `${clamp(left, innerWidth - width)}px`;
}

function clamp(value: number, room: number): number {
  return Math.max(edge, Math.min(value, room - edge));
}
