'use client';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button';

/** A named group of small rows that grows one at a time. */
export function Rows({ name, children }: { name: string; children: ReactNode }) {
  return (
    <fieldset className="grid min-w-0 content-start gap-1.5">
      <legend className="mb-1.5 flex items-baseline gap-2">
        <span className="font-medium text-sm">{name}</span>
        <span className="text-muted text-xs">optional</span>
      </legend>
      {children}
    </fieldset>
  );
}

export function AddRow({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <div>
      <Button look="ghost" size="sm" icon={<Plus aria-hidden />} onClick={onClick} className="-ml-2">
        {children}
      </Button>
    </div>
  );
}

export function RowError({ text }: { text: string | undefined }) {
  return text ? (
    <p role="alert" className="text-bad text-sm">
      {text}
    </p>
  ) : null;
}
