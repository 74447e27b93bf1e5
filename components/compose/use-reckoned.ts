import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { LineRules } from '#lib/jsonl/line-rules';
import type { CheckedForm, checkForm } from '#lib/model/request-form/check';
import type { BatchForm } from '#lib/model/request-form/form';
import { outgoingForm, problemsOf } from './outgoing-form.ts';

const unchecked: CheckedForm = { defaults: [], byRequest: new Map(), errors: 0, warnings: 0 };

/** What is true of all requests together. The editor follows every key; this may come a moment later. */
export function useReckoned(form: BatchForm, rules: LineRules | null) {
  const settled = useDeferredValue(form);
  const check = useCheck(settled);
  const checked = useMemo(
    () => check?.(settled, { customIdPattern: rules?.customIdPattern ?? null }) ?? unchecked,
    [check, settled, rules],
  );
  const reckoned = useMemo(() => outgoingForm(settled, checked), [settled, checked]);
  const problems = useMemo(() => problemsOf(settled, checked), [settled, checked]);
  const outgoing = check ? reckoned : { ...reckoned, reason: 'The requests are still being checked.' };
  return { checked, outgoing, problems };
}

/** The schemas come right behind the page, and are asked for again with the next change if they did not. */
function useCheck(form: BatchForm): typeof checkForm | null {
  const [loaded, setLoaded] = useState<{ checkForm: typeof checkForm } | null>(null);
  useEffect(() => {
    if (loaded === null && form.requests) import('#lib/model/request-form/check').then(setLoaded, () => {});
  }, [loaded, form]);
  return loaded?.checkForm ?? null;
}
