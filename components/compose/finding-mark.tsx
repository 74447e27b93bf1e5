import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { FormFinding } from '#lib/model/request-form/check';

/** That something is wrong with what stands beside it, or worth a note. */
export function FindingMark({ findings }: { findings: FormFinding[] }) {
  if (findings.length === 0) return null;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const Icon = errors > 0 ? CircleAlert : TriangleAlert;
  return (
    <>
      <Icon aria-hidden className={`size-3.5 shrink-0 ${errors > 0 ? 'text-bad' : 'text-warn'}`} />
      <span className="sr-only">{errors > 0 ? `${errors} to fix` : `${findings.length} to note`}</span>
    </>
  );
}
