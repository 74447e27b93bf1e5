import 'server-only';
import { sql } from 'kysely';
import { type Deps, thisProcess } from '#lib/context';

type Readiness = { ready: boolean; store: boolean; blobs: boolean; poller: boolean };

/** Whether this process should be sent work: not before boot is done, not once it is stopping. */
export async function readiness(): Promise<Readiness> {
  const { deps, ready, clockAlive } = thisProcess();
  const store = deps !== null && (await works(() => sql`select 1`.execute(deps.db), deps));
  const blobs = deps !== null && (await works(() => deps.blobs.size('readiness'), deps));
  const poller = clockAlive === null || clockAlive();
  return { ready: ready && store && blobs && poller, store, blobs, poller };
}

/** A network that swallows what is sent answers nothing for minutes; whoever asks us waits for seconds. */
const patienceMs = 5_000;

async function works(ask: () => Promise<unknown>, { log }: Deps): Promise<boolean> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('No answer in time')), patienceMs);
  try {
    await Promise.race([ask(), late.promise]);
    return true;
  } catch (error) {
    log.error('Not ready', { error });
    return false;
  } finally {
    clearTimeout(timer);
  }
}
