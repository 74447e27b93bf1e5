import { useEffect, useRef } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { type RequestsForm, requestsShape } from '#lib/model/request-form.schema';

const place = 'batchdeck:requests';

type Kept = { owner: string; requests: RequestsForm['requests'] };

/** What was typed outlives a reload and a look elsewhere, in this tab and for this person alone, until it is sent or they sign out. */
export function useKeptRequests(
  owner: string,
  form: UseFormReturn<RequestsForm>,
  requests: RequestsForm['requests'],
): void {
  const looked = useRef(false);
  const { isDirty } = form.formState;
  useEffect(() => {
    if (looked.current) return isDirty ? keep({ owner, requests }) : forgetRequests();
    looked.current = true;
    const kept = readKept(owner);
    if (kept) form.reset({ requests: kept }, { keepDefaultValues: true });
  }, [owner, form, requests, isDirty]);
}

export function forgetRequests(): void {
  sessionStorage.removeItem(place);
}

function keep(kept: Kept): void {
  try {
    sessionStorage.setItem(place, JSON.stringify(kept));
  } catch {
    // No room or not allowed: then it is not kept.
  }
}

function readKept(owner: string): RequestsForm['requests'] | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? 'null') as Partial<Kept> | null;
    const requests = requestsShape.safeParse(kept?.owner === owner ? kept.requests : null);
    return requests.success && requests.data.length > 0 ? requests.data : null;
  } catch {
    return null;
  }
}
