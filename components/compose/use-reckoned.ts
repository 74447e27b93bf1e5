import { useDeferredValue, useMemo } from 'react';
import type { LineRules } from '#lib/jsonl/line-rules';
import { checkForm } from '#lib/model/request-form/check';
import type { BatchForm } from '#lib/model/request-form/form';
import { outgoingForm, problemsOf } from './outgoing-form.ts';

/** What is true of all requests together. The editor follows every key; this may come a moment later. */
export function useReckoned(form: BatchForm, rules: LineRules | null) {
  const settled = useDeferredValue(form);
  const checked = useMemo(
    () => checkForm(settled, { customIdPattern: rules?.customIdPattern ?? null }),
    [settled, rules],
  );
  const outgoing = useMemo(() => outgoingForm(settled, checked), [settled, checked]);
  const problems = useMemo(() => problemsOf(settled, checked), [settled, checked]);
  return { checked, outgoing, problems };
}
