import { composeLines, inOrder, lineOf } from '#lib/model/request-form/compose';
import type { BatchForm } from '#lib/model/request-form/form';
import { shapes } from '#lib/model/request-form/shapes';
import type { Open } from '#lib/model/request-form/standing';

/** What is open as a person reads it; all requests as the lines they are sent as. */
export function jsonOf(form: BatchForm, shown: Open | 'all'): string {
  if (shown === 'all') return composeLines(form);
  if (shown === 'defaults') return JSON.stringify(inOrder(shapes[form.shape], form.defaults.own), null, 2);
  const request = form.requests.find(({ id }) => id === shown[0]);
  return request ? JSON.stringify(lineOf(form, request), null, 2) : '';
}
