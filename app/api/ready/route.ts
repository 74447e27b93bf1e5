import { answer, respond } from '#lib/http/answer';
import { readiness } from '#lib/http/readiness';

export async function GET(): Promise<Response> {
  const found = await readiness();
  return respond(answer(found, { status: found.ready ? 200 : 503 }));
}
