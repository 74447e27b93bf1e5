import 'server-only';
import { Refused } from '#lib/sandbox/answer';
import type { House } from '#lib/sandbox/house';
import type { Call, Plan } from '#lib/sandbox/plan';
import { planContent, planDelete, planFile, planList, planUpload } from './serve-files.ts';

/** `/v1/files`. */
export async function planFiles(house: House, call: Call): Promise<Plan> {
  const [, id, action, ...rest] = call.parts;
  const { method, url } = call;
  if (id === undefined && method === 'POST') return planUpload(house, call);
  if (id === undefined && method === 'GET') return planList(house, url.searchParams);
  if (id !== undefined && rest.length === 0) {
    if (action === undefined && method === 'GET') return planFile(house, id);
    if (action === 'content' && method === 'GET') return planContent(house, id);
    if (action === undefined && method === 'DELETE') return planDelete(house, id);
  }
  throw new Refused(`There is nothing at ${url.pathname.slice(0, 200)}.`, { status: 404 });
}
