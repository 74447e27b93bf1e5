import 'server-only';
import { faultsHeader, faultsOf } from '#lib/model/sandbox-faults';
import { type Answer, Dropped, Refused } from './answer.ts';
import { planMessages } from './anthropic/serve.ts';
import { planBatches } from './batches.ts';
import { dialectAt, readCall } from './call.ts';
import { entryOf } from './entry.ts';
import type { Counted, FaultDesk } from './faults/fault-desk.ts';
import { insteadOf, pause, spoil } from './faults/spoil.ts';
import type { History } from './history.ts';
import type { House } from './house.ts';
import type { Journal } from './journal.ts';
import { refusalAnswer, toResponse } from './manners.ts';
import { planFiles } from './openai/files.ts';
import type { Call, Plan } from './plan.ts';
import type { SandboxRequest } from './sandbox.ts';

type Inside = { house: House; journal: Journal; desk: FaultDesk; history: History };

/** What is known of a call by the time it ends, however it ends. */
type Course = { plan: Plan | null; counted: Counted | null; accepted: boolean };

/** Plan, fault, deed, journal, answer: in this order, for every call of every dialect. */
export async function serve(inside: Inside, request: SandboxRequest): Promise<Response> {
  const { house, journal } = inside;
  const call = readCall(request);
  const course: Course = { plan: null, counted: null, accepted: false };
  const said = await answered(inside, call, course).catch((error: unknown) => asAnswer(house, error));
  const spoken = said instanceof Refused ? said.dialect : null;
  const dialect = spoken ?? course.plan?.dialect ?? dialectAt(call.parts);
  const answer = said instanceof Refused ? refusalAnswer(dialect, said) : said;
  const { plan, counted, accepted } = course;
  const status = answer instanceof Dropped ? 0 : answer.status;
  await journal.append(entryOf(call, { t: house.clock(), dialect, plan, accepted, status, counted }));
  if (answer instanceof Dropped) throw answer;
  return toResponse(dialect, answer);
}

async function answered(inside: Inside, call: Call, course: Course): Promise<Answer | Refused> {
  const { house, desk, history } = inside;
  const rules = faultsOf(call.headers.get(faultsHeader) ?? '');
  if ('problem' in rules) throw new Refused(`${faultsHeader}: ${rules.problem}`);
  const plan = await planFor(house, call);
  course.plan = plan;
  const { faults, counted } = desk.take(rules, plan);
  course.counted = counted;
  let answer: Answer;
  try {
    if (faults.delayMs !== undefined) await pause(faults.delayMs, call.signal);
    const instead = faults.accepted ? null : await insteadOf(faults, call.signal);
    if (instead) return instead;
    answer = await plan.carryOut(faults);
    course.accepted = true;
  } finally {
    if (!course.accepted) await plan.letGo?.();
  }
  if (plan.calls.includes('create')) void history.forget();
  return (faults.accepted && (await insteadOf(faults, call.signal))) || spoil(answer, faults);
}

async function planFor(house: House, call: Call): Promise<Plan> {
  const [noun, second] = call.parts;
  if (call.url.pathname.startsWith('/v1/')) {
    if (noun === 'batches') return planBatches(house, call);
    if (noun === 'files') return planFiles(house, call);
    if (noun === 'messages' && second === 'batches') return planMessages(house, call);
  }
  throw new Refused(`There is nothing at ${call.url.pathname.slice(0, 200)}.`, { status: 404 });
}

function asAnswer(house: House, error: unknown): Refused | Dropped {
  if (error instanceof Refused || error instanceof Dropped) return error;
  house.log.error('The sandbox could not answer', { error });
  return new Refused('The sandbox could not answer this request.', { status: 500 });
}
