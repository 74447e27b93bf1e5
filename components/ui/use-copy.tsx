'use client';
import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';

const saidMs = 2_500;

type Copying = {
  copy: (make: () => string | Promise<string>) => Promise<void>;
  /** For the button: two sheets, and for a moment a check mark. */
  icon: ReactNode;
  /** Said aloud, and shown where it did not go well. */
  status: ReactNode;
};

/** Copies what is made for it, and says in place how that went. */
export function useCopy(): Copying {
  const [said, setSaid] = useState<'Copied' | 'It could not be copied' | ''>('');
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(''), saidMs);
    return () => clearTimeout(timer);
  }, [said]);
  return {
    async copy(make) {
      try {
        await navigator.clipboard.writeText(await make());
        setSaid('Copied');
      } catch {
        setSaid('It could not be copied');
      }
    },
    icon: said === 'Copied' ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />,
    status: (
      <span role="status" className={said === 'It could not be copied' ? 'text-bad text-sm' : 'sr-only'}>
        {said}
      </span>
    ),
  };
}
