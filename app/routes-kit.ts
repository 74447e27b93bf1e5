import { globSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Handler } from '#lib/http/handle';

/** Answer 404 to everybody. */
const nowhere = ['/api/[[...path]]', '/v1/[[...path]]'];
/** Ask for a token in their own way and have tests of their own. */
const ownDoors = ['/sandbox/[...path]', '/sandbox/[[...path]]'];

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Route = { name: string; method: string; handler: Handler };

/** Every handler there is, by method and address. */
export const routes: Route[] = [];
for (const file of globSync('app/**/route.ts')) {
  const address = `/${path.dirname(path.relative('app', file))}`;
  if (nowhere.includes(address) || ownDoors.includes(address)) continue;
  const found = (await import(pathToFileURL(file).href)) as Record<string, Handler | undefined>;
  for (const method of methods) {
    const handler = found[method];
    if (handler) routes.push({ name: `${method} ${address}`, method, handler });
  }
}
