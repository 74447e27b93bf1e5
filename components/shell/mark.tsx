/** Three stacked bars, the top one shorter and in accent: a deck of requests with one being dealt. */
export function Mark({ className = 'size-5' }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={className}>
      <rect x="2" y="3" width="9" height="3.5" rx="1.75" className="fill-accent" />
      <rect x="2" y="8.25" width="16" height="3.5" rx="1.75" fill="currentColor" />
      <rect x="2" y="13.5" width="16" height="3.5" rx="1.75" fill="currentColor" opacity="0.55" />
    </svg>
  );
}
