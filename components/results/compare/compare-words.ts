import { type Change, changes } from '#lib/model/comparison';
import type { ComparedSides } from '#lib/paths';

/** Which sides are compared and what is shown of them; all of it stands in the address. */
export type Comparing = ComparedSides & { show: Change | null; q: string };

export function comparingIn(param: (name: string) => string | null | undefined): Comparing {
  const count = (name: string) =>
    /^[1-9]\d{0,5}$/.test(param(name) ?? '') ? Number(param(name)) : undefined;
  return {
    with: param('with') || undefined,
    attempt: count('attempt'),
    withAttempt: count('withAttempt'),
    show: changes.find((change) => change === param('show')) ?? null,
    q: param('q') ?? '',
  };
}

/** What our API is asked, and what a download is narrowed to. */
export function searchFor(
  { show, q, ...sides }: Comparing,
  more: Record<string, string> = {},
): URLSearchParams {
  const given = { ...sides, show: show ?? undefined, q: q || undefined, ...more };
  return new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
