'use client';
import { type ReactNode, useEffect, useRef } from 'react';
import { place, type Side } from './place.ts';

/** Shown on hover and focus, closed by Escape, itself hoverable. With an `id` it describes the control, else it repeats its name for the eye. */
export function Tooltip({
  text,
  id,
  side = 'top',
  children,
}: {
  text: ReactNode;
  id?: string;
  side?: Side;
  children: ReactNode;
}) {
  const wrapper = useRef<HTMLSpanElement>(null);
  const bubble = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    if (wrapper.current && bubble.current) return attach(wrapper.current, bubble.current, side);
  }, [side]);

  useEffect(() => {
    if (!text && bubble.current?.matches(':popover-open')) bubble.current.hidePopover();
  }, [text]);

  return (
    <span ref={wrapper} className="contents">
      {children}
      <span
        ref={bubble}
        id={id}
        role={id ? 'tooltip' : undefined}
        aria-hidden={id ? undefined : true}
        popover="manual"
        className="fixed inset-auto m-0 max-w-72 whitespace-normal rounded-control bg-ink px-2 py-1 text-left font-normal text-canvas text-xs leading-snug"
      >
        {text}
      </span>
    </span>
  );
}

function attach(wrapper: HTMLElement, tip: HTMLElement, side: Side): () => void {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(delay: number) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const anchor = wrapper.firstElementChild;
      if (!anchor || !tip.isConnected || tip.textContent === '' || tip.matches(':popover-open')) return;
      tip.showPopover();
      place(tip, anchor, side, 'center');
    }, delay);
  }
  function hide() {
    clearTimeout(timer);
    if (tip.matches(':popover-open')) tip.hidePopover();
  }

  wrapper.addEventListener('pointerenter', (event) => event.pointerType === 'mouse' && show(250), options);
  wrapper.addEventListener('pointerleave', hide, options);
  wrapper.addEventListener('pointerdown', hide, options);
  wrapper.addEventListener(
    'focusin',
    (event) => event.target instanceof Element && event.target.matches(':focus-visible') && show(0),
    options,
  );
  wrapper.addEventListener('focusout', hide, options);
  wrapper.addEventListener('keydown', (event) => event.key === 'Escape' && hide(), options);
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}
