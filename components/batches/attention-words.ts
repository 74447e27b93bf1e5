import type { Batch, BatchPart, Hold } from '#lib/model/batch';
import type { Attention } from '#lib/model/phase';

type Words = { title: string; text: string };
type Troubled = Pick<Batch, 'connection' | 'parts'>;

/** How times are said on this page: a time of day, and how long until or since a moment. */
export type Saying = {
  clock: (at: string) => string;
  since: (at: string) => string;
  until: (at: string) => string;
};

/** What happened, why, and what is done about it meanwhile. */
export function attentionWords(attention: Attention, batch: Troubled, say: Saying): Words {
  const who = batch.connection.name;
  const part = batch.parts.find((one) => one.attention === attention) ?? null;
  switch (attention) {
    case 'needs_decision':
      return lost(who, part, say);
    case 'credential_rejected':
      return {
        title: `${who} refused the key.`,
        text: `${quoted(part?.rawAnswer)}Nothing is sent or checked over this connection until the key is replaced; ${waiting(batch)}.`,
      };
    case 'unreachable':
      return {
        title: `${who} cannot be reached.`,
        text: `${part?.failures ?? 5} calls in a row went wrong. ${nextTry(part, say)}Nothing is lost meanwhile.`,
      };
    case 'gone_upstream':
      return {
        title: `${who} no longer knows this batch.`,
        text: 'It answered “not found” five times in a row. What was read before is kept, and Batchdeck keeps asking. See Details for its id, and ask the provider what became of it. Cancel ends it here.',
      };
    case 'stalled':
      return part?.phase === 'collecting' ? setAside : still(who, part, say);
    case 'held':
      return held(batch);
  }
}

function lost(who: string, part: BatchPart | null, say: Saying): Words {
  const call = part?.lostCall;
  const at = call ? say.clock(call.sentAt) : '';
  const title = `The answer to the create call ${at && `at ${at} `}was lost.`;
  const found = call?.candidates ?? null;
  if (found?.length === 0 && part && part.failures > 0) {
    return {
      title,
      text: `${quoted(part.rawAnswer)}What ${who} lists could not be read and is tried again. If its console shows one from ${at}, paste its id and it is checked. Or send again: it may be paid twice.`,
    };
  }
  if (found === null) {
    return {
      title,
      text: `${who} cannot list batches. If its console shows one from ${at || 'about then'}, paste its id and it is checked. Or send again: it may be paid twice.`,
    };
  }
  if (found.length === 0) {
    return {
      title,
      text: `${who} lists none that could be it. If its console shows one from ${at}, paste its id and it is checked. Or send again: it may be paid twice.`,
    };
  }
  const text =
    found.length === 1
      ? `One batch at ${who} could be it. Choose it, or send again if it is another.`
      : `${found.length} batches at ${who} could be it. Choose one, or send again if it is none of them.`;
  return { title, text };
}

const setAside: Words = {
  title: 'This batch was set aside.',
  text: 'Reading its results went wrong several times and is tried again by itself. Timeline and Details say what happened. If you need it no more, delete it as it is.',
};

function still(who: string, part: BatchPart | null, say: Saying): Words {
  if (part?.received) {
    return {
      title: 'The results differ at every read.',
      text: `${who} sends fewer lines than were asked for, and not the same ones twice, so that nothing says which are all. Batchdeck reads on. Cancel ends it here.`,
    };
  }
  const since = part?.movedAt ? ` for ${say.since(part.movedAt)}` : '';
  return {
    title: `No change${since}.`,
    text: `${who} answers, but nothing moves. Batchdeck keeps asking. Cancel keeps what was answered by then.`,
  };
}

function held({ connection, parts }: Troubled): Words {
  const kinds = new Set(parts.flatMap(({ hold }) => hold ?? []));
  const waiting = parts.filter(({ hold }) => hold !== null).length;
  const they = parts.length === 1 ? 'It waits' : waiting === 1 ? 'One part waits' : `${waiting} parts wait`;
  const words: Record<Hold, Words> = {
    connection: {
      title: `${connection.name} is paused.`,
      text: `${quoted(connection.paused?.why)}${they} until it is resumed, and then goes on without a click.`,
    },
    queue: {
      title: `${connection.name} has no room for more just now.`,
      text: `${they} until others of this connection have ended, and asks again now and then.`,
    },
    budget: {
      title: 'The budget of this connection is used up.',
      text: `${they} for a person to let it go.`,
    },
    canary: { title: 'The first rows are in.', text: `${they} for a person to look at them and let it go.` },
  };
  const kind = (['connection', 'budget', 'canary', 'queue'] as const).find((one) => kinds.has(one));
  return words[kind ?? 'queue'];
}

function waiting({ connection }: Troubled): string {
  const count = connection.paused?.waiting ?? 1;
  return count > 1
    ? `${count} batches wait and then go on by themselves`
    : 'then this batch goes on by itself';
}

function quoted(why: string | null | undefined): string {
  return why ? `“${why.replace(/\.?$/, '.')}” ` : '';
}

function nextTry(part: BatchPart | null, say: Saying): string {
  return part?.nextCheckAt ? `The next try is ${say.until(part.nextCheckAt)}. ` : '';
}
