import 'server-only';
import { faultsHeader, faultsOf } from '#lib/model/sandbox-faults';
import { type Answer, Dropped, Refused } from './answer.ts';
import { planMessages } from './anthropic/serve.ts';
import { planBatches } from './batches.ts';
import { dialectAt, readCall } from './call.ts';
import { entryOf } from './entry.ts';
import type { Counted, FaultDesk, Faults } from './faults/fault-desk.ts';
import { insteadOf, pause, spoil, statusInstead } from './faults/spoil.ts';
import type { History } from './history.ts';
import type { House } from './house.ts';
import type { Journal } from './journal.ts';
import { refusalAnswer, toResponse } from './manners.ts';
import { planFiles } from './openai/files.ts';
import type { Call, Plan } from './plan.ts';
import type { SandboxRequest } from './sandbox.ts';

type Inside = { house: House; journal: Journal; desk: FaultDesk; history: History };

/** What is known of a call by the time it ends, however it ends. */
type Journey = { plan: Plan | null; faults: Faults; counted: Counted | null; accepted: boolean };

/** Plan, deed, journal, answer, with faults before the deed or behind the journal: for every call of every dialect. */
export async function serve(inside: Inside, request: SandboxRequest): Promise<Response> {
  const { house, journal } = inside;
  const call = readCall(request);
  const journey: Journey = { plan: null, faults: { turn: 0 }, counted: null, accepted: false };
  const said = await answered(inside, call, journey).catch((error: unknown) => asAnswer(house, error));
  const { plan, faults, counted, accepted } = journey;
  const spoken = said instanceof Refused ? said.dialect : null;
  const dialect = spoken ?? plan?.dialect ?? dialectAt(call.parts);
  const answer = said instanceof Refused ? refusalAnswer(dialect, said) : said;
  const status = statusInstead(faults) ?? (answer && !(answer instanceof Dropped) ? answer.status : 0);
  await journal.append(entryOf(call, { t: house.clock(), dialect, plan, accepted, status, counted }));
  const instead = await insteadOf(faults, call.signal);
  if (instead)
    return toResponse(dialect, instead instanceof Refused ? refusalAnswer(dialect, instead) : instead);
  if (!answer || answer instanceof Dropped) throw answer ?? new Dropped();
  return toResponse(dialect, spoil(answer, faults));
}

/** Null where a fault leaves the call undone. */
async function answered(inside: Inside, call: Call, journey: Journey): Promise<Answer | null> {
  const { house, desk, history } = inside;
  const rules = faultsOf(call.headers.get(faultsHeader) ?? '');
  if ('problem' in rules) throw new Refused(`${faultsHeader}: ${rules.problem}`);
  const plan = await planFor(house, call);
  journey.plan = plan;
  Object.assign(journey, desk.take(rules, plan, call.caller));
  const { faults } = journey;
  try {
    if (faults.delayMs !== undefined) await pause(faults.delayMs, call.signal);
    if (!faults.accepted && statusInstead(faults) !== null) return null;
    const answer = await plan.carryOut(faults);
    journey.accepted = true;
    return answer;
  } catch (error) {
    journey.faults = { turn: 0 };
    throw error;
  } finally {
    if (!journey.accepted) await plan.letGo?.();
    if (journey.accepted && plan.calls.includes('create')) void history.forget();
  }
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
