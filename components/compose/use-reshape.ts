import { useRef } from 'react';
import type { BatchForm, ShapeName } from '#lib/model/request-form/form';
import type { BatchFormState } from './use-batch-form.ts';

/** Back to the kind it came from a form is what it was, if nobody touched it meanwhile. */
export function useReshape({ replace }: BatchFormState): (shape: ShapeName) => Promise<void> {
  const before = useRef<{ form: BatchForm; now: BatchForm } | null>(null);
  return async (shape) => {
    const { convertForm } = await import('#lib/model/request-form/convert');
    replace((now) => {
      const was = before.current;
      const next = was?.now === now && was.form.shape === shape ? was.form : convertForm(now, shape);
      before.current = { form: now, now: next };
      return next;
    });
  };
}
