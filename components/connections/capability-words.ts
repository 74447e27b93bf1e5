import type { Capabilities } from '#lib/model/capabilities';

export type Capability = { name: string; words: string };

/** What a provider can do and what that means for whoever sends a batch to it. */
export function capabilityWords(can: Capabilities): Capability[] {
  return [
    { name: 'Lost answer to a create', words: lostWords(can) },
    {
      name: 'Progress',
      words:
        can.countsAre === 'live' ? 'Counted live.' : 'Counted only at the end; until then time is shown.',
    },
    {
      name: 'Cancel',
      words: can.canCancel
        ? 'Yes. What is answered by then is kept, and may be charged.'
        : 'It cannot be stopped.',
    },
    {
      name: 'List',
      words: can.canList
        ? 'It lists its batches, those made elsewhere too.'
        : 'It does not list batches: one made elsewhere is known by its id alone.',
    },
    { name: 'Window', words: windowWords(can) },
    { name: 'Results', words: retentionWords(can) },
    {
      name: 'Failed requests',
      words: can.separateErrorFile
        ? 'In a file of their own; both are always read.'
        : 'Among the answers, told apart by line.',
    },
    { name: 'Lines', words: lineWords(can) },
    {
      name: 'In one batch',
      words: [
        can.mixedModels ? 'Different models' : 'One model',
        can.endpoints === null ? '' : can.mixedEndpoints ? ', different endpoints' : ', one endpoint',
        '.',
      ].join(''),
    },
    ...(can.endpoints === null ? [] : [{ name: 'Endpoints', words: can.endpoints.join('  ') }]),
  ];
}

const settled = {
  nonce: 'Found again in its list by a mark of ours. Nothing is ever sent twice by itself.',
  file: 'Found again in its list by the uploaded file. Nothing is ever sent twice by itself.',
  window: 'Looked for in its list by time and size; where several fit, you choose.',
};

function lostWords({ findsBy, canList }: Capabilities): string {
  if (findsBy !== null) return settled[findsBy];
  const where = canList ? 'Its list does not tell ours apart' : 'It cannot list batches';
  return `${where}: you look into its console and paste the id, or send again and may pay twice.`;
}

function windowWords({ windows, expires }: Capabilities): string {
  const choice = windows.length === 0 ? 'None to choose.' : `${windows.join(', ')}.`;
  return `${choice} ${expires ? 'A late batch is ended by the provider.' : 'A late batch goes on until it is done.'}`;
}

function retentionWords({ retentionDays, retentionFrom }: Capabilities): string {
  const fetched = 'Fetched as soon as they exist.';
  if (retentionDays === null) return `${fetched} How long the provider keeps them is not known.`;
  const from = retentionFrom === 'creation' ? 'from the creation of the batch' : 'after its end';
  return `${fetched} The provider keeps them for ${retentionDays} days ${from}.`;
}

function lineWords({ lines, takesMetadata }: Capabilities): string {
  const fields = lines === 'openai' ? 'custom_id, method, url, body' : 'custom_id, params';
  return `${fields}.${takesMetadata ? ' Metadata of your own travels along.' : ''}`;
}
