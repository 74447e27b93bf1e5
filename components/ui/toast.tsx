'use client';
import { X } from 'lucide-react';
import { createContext, type ReactNode, use, useCallback, useEffect, useRef, useState } from 'react';
import type { Tone } from './badge.tsx';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import { StatusIcon, type StatusShape } from './status-icon.tsx';

export type Toast = {
  title: string;
  tone?: Extract<Tone, 'ok' | 'bad' | 'info'>;
  action?: { label: string; onClick: () => void };
};
type Shown = Toast & { key: number };

const shapes: Record<string, StatusShape> = { ok: 'done', bad: 'failed', info: 'working' };
const ToastContext = createContext<(toast: Toast) => void>(() => {});

export function useToast(): (toast: Toast) => void {
  return use(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([]);
  const count = useRef(0);
  const add = useCallback((toast: Toast) => {
    count.current++;
    const key = count.current;
    setShown((before) => [...before.slice(-2), { ...toast, key }]);
  }, []);
  const drop = useCallback((key: number) => setShown((before) => before.filter((t) => t.key !== key)), []);
  return (
    <ToastContext value={add}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="pointer-events-none fixed right-4 bottom-4 z-50 grid gap-2 max-md:inset-x-4 max-md:bottom-18"
      >
        {shown.map((toast) => (
          <ToastCard key={toast.key} toast={toast} onGone={drop} />
        ))}
      </div>
    </ToastContext>
  );
}

function ToastCard({ toast, onGone }: { toast: Shown; onGone: (key: number) => void }) {
  const card = useRef<HTMLDivElement>(null);
  const { key, tone = 'ok', title, action } = toast;
  const patience = action ? 10_000 : 6_000;
  useEffect(() => {
    let left = patience;
    const timer = setInterval(() => {
      // Nothing leaves from under a pointer or from around the focus.
      if (!card.current?.matches(':hover, :focus-within')) left -= 500;
      if (left <= 0) onGone(key);
    }, 500);
    return () => clearInterval(timer);
  }, [key, patience, onGone]);
  return (
    <div
      ref={card}
      className="appear pointer-events-auto flex items-center gap-3 rounded-panel bg-raised py-2 pr-2 pl-3.5 text-sm shadow-float md:min-w-72 md:max-w-md"
    >
      <StatusIcon shape={shapes[tone] ?? 'done'} tone={tone} word="" className="gap-0" />
      <span className="min-w-0 flex-1 break-words">{title}</span>
      {action && (
        <Button
          size="sm"
          onClick={() => {
            action.onClick();
            onGone(key);
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Dismiss" size="sm" onClick={() => onGone(key)}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
