import { useEffect, useRef } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { type RequestsForm, requestsShape } from '#lib/model/request-form.schema';

const place = 'batchdeck:requests';

/** What was typed outlives a reload and a look elsewhere, in this tab alone, until it is sent or the person signs out. */
export function useKeptRequests(form: UseFormReturn<RequestsForm>, requests: RequestsForm['requests']): void {
  const looked = useRef(false);
  const { isDirty } = form.formState;
  useEffect(() => {
    if (looked.current) return isDirty ? keep(requests) : forgetRequests();
    looked.current = true;
    const kept = readKept();
    if (kept) form.reset({ requests: kept }, { keepDefaultValues: true });
  }, [form, requests, isDirty]);
}

export function forgetRequests(): void {
  sessionStorage.removeItem(place);
}

function keep(requests: RequestsForm['requests']): void {
  try {
    sessionStorage.setItem(place, JSON.stringify(requests));
  } catch {
    // No room or not allowed: then it is not kept.
  }
}

function readKept(): RequestsForm['requests'] | null {
  try {
    const kept = requestsShape.safeParse(JSON.parse(sessionStorage.getItem(place) ?? 'null'));
    return kept.success && kept.data.length > 0 ? kept.data : null;
  } catch {
    return null;
  }
}
