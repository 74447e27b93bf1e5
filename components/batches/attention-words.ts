import type { Batch } from '#lib/model/batch';
import type { Attention } from '#lib/model/phase';

type Words = { title: string; text: string };

/** What happened, why, and what is done about it meanwhile. `at` is a time of day. */
export function attentionWords(
  attention: Attention,
  batch: Pick<Batch, 'connection' | 'parts'>,
  at: string,
): Words {
  const who = batch.connection.name;
  const words: Record<Attention, Words> = {
    needs_decision: {
      title: `The answer to the create call at ${at} was lost.`,
      text: `${who} cannot list batches. If its console shows one from about then, paste its id and it is checked. Or send again: it may be paid twice.`,
    },
    credential_rejected: {
      title: `${who} refused the key.`,
      text: 'Sending and checking wait for this connection. They go on by themselves once the key is replaced.',
    },
    unreachable: {
      title: `${who} cannot be reached.`,
      text: 'Five calls in a row went wrong. Batchdeck keeps trying at longer intervals; nothing is lost meanwhile.',
    },
    gone_upstream: {
      title: `${who} no longer knows this batch.`,
      text: 'It answered “not found” five times in a row. Batchdeck keeps asking; see Details for its id, and ask the provider what became of it. Cancel ends it here.',
    },
    stalled: {
      title: 'This batch was set aside.',
      text: 'Reading its results went wrong several times. Timeline and Details say what happened.',
    },
    held: {
      title: 'Parts of this batch are held back.',
      text: 'They wait for a person to let them go.',
    },
  };
  return words[attention];
}
