import { getBlob, sendJson } from '#lib/api-client';
import type { Batch } from '#lib/model/batch';
import { gatewayRoute } from '#lib/model/dialect-starts';
import type { Draft } from '#lib/model/draft';
import { type ShapeName, shapeNames } from '#lib/model/request-form/form';
import { formOfLines } from '#lib/model/request-form/form-of-lines';
import { shapes } from '#lib/model/request-form/shapes';
import { apiPaths, paths } from '#lib/paths';

const most = { bytes: 1024 ** 2, requests: 1_000 };

type BatchSent = Pick<Batch, 'name' | 'file' | 'connection' | 'dialect' | 'headers'>;

/** A draft of the same requests and its address; what is too much for a form, or has no place in one, stays a file. */
export async function composeAgain({ name, file, connection, dialect, headers }: BatchSent): Promise<string> {
  if (file.bytes > most.bytes) return paths.file(file.id);
  const text = await (await getBlob(apiPaths.content(file.id))).text();
  const form = formOfLines(text, shapesOf(dialect));
  if (!form || form.requests.length > most.requests) return paths.file(file.id);
  // Behind the same gateway it goes to the same provider, wherever the connection points by now.
  const route = headers[gatewayRoute.header] ?? null;
  const wish = { name: `${name.slice(0, 190)} again`, connection: connection.id, route, form };
  const draft = await sendJson<Draft>('POST', apiPaths.drafts, wish);
  return paths.draft(draft.id);
}

function shapesOf(dialect: string): ShapeName[] {
  return shapeNames.filter((name) => (dialect === 'openai' ? shapes[name].url !== null : name === dialect));
}
