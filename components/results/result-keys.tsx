'use client';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { LinkButton } from '#components/shell/link-button';
import { Button } from '#components/ui/button';
import { type Go, goBy } from './result-frame.tsx';

/** Back and forth within the filter one came from, by button or by `k` and `j`. */
export function ResultKeys({
  previous,
  next,
  onGo,
}: {
  previous: string | null;
  next: string | null;
  onGo: Go;
}) {
  const router = useRouter();
  const go = onGo ?? router.push;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof Element &&
        event.target.closest('input, textarea, select, dialog, [role=menu]');
      if (typing || event.metaKey || event.ctrlKey || event.altKey) return;
      const to = event.key === 'j' ? next : event.key === 'k' ? previous : null;
      if (to) go(to);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [previous, next, go]);
  return (
    <nav aria-label="Results" className="flex gap-2">
      <Way to={previous} word="Previous" why="This is the first." onGo={onGo} />
      <Way to={next} word="Next" why="This is the last." onGo={onGo} />
    </nav>
  );
}

function Way({
  to,
  word,
  why,
  onGo,
}: {
  to: string | null;
  word: 'Previous' | 'Next';
  why: string;
  onGo: Go;
}) {
  const icon = word === 'Previous' ? <ChevronLeft aria-hidden /> : <ChevronRight aria-hidden />;
  if (!to) {
    return (
      <Button icon={word === 'Previous' && icon} reason={why}>
        {word}
        {word === 'Next' && icon}
      </Button>
    );
  }
  return (
    <LinkButton href={to} onNavigate={goBy(onGo, to)} icon={word === 'Previous' && icon}>
      {word}
      {word === 'Next' && icon}
    </LinkButton>
  );
}
