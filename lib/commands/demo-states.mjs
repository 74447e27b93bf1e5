import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './checkout.mjs';
import { isOver } from './demo-api.mjs';

/** A batch for every state that stays as it is, with what must have come true of it. `faults` picks a misbehaving provider. */
const states = [
  { name: 'Every request answered', model: 'sandbox/instant', count: 40, shown: isOver },
  { name: 'Some requests failed', model: 'sandbox/flaky', count: 300, shown: isOver },
  { name: 'Everything a result can be', sample: 'showcase', shown: isOver },
  { name: 'Waiting at the provider', model: 'sandbox/queued', count: 20, shown: inPhase('pending') },
  { name: 'Running for an hour', model: 'sandbox/hour', count: 120, shown: inPhase('running') },
  { name: 'Nearly done', model: 'sandbox/finishing', count: 60, shown: inPhase('finishing') },
  {
    name: 'Being cancelled',
    model: 'sandbox/hour',
    count: 30,
    faults: stuckCancelling(),
    cancel: true,
    shown: inPhase('cancelling'),
  },
  { name: 'Cancelled on its way', model: 'sandbox/slow', count: 200, cancel: true, shown: isOver },
  { name: 'Out of time', model: 'sandbox/expiring', count: 50, shown: isOver },
  { name: 'Refused as a whole', model: 'sandbox/failing', count: 10, shown: isOver },
  {
    name: 'Its answer got lost',
    model: 'sandbox/echo',
    count: 12,
    faults: 'lost-answer',
    shown: needs('needs_decision'),
  },
  {
    name: 'Provider out of reach',
    model: 'sandbox/hour',
    count: 12,
    faults: 'outage',
    shown: needs('unreachable'),
  },
  {
    name: 'Key rejected',
    model: 'sandbox/echo',
    count: 12,
    faults: 'rejected-key',
    shown: needs('credential_rejected'),
  },
  {
    name: 'Results that trickle in',
    model: 'sandbox/instant',
    count: 400,
    faults: slowResults(),
    shown: started,
  },
  {
    name: 'Forgotten by the provider',
    model: 'sandbox/hour',
    count: 12,
    faults: 'forgotten-batch',
    shown: started,
  },
];

/** Makes them all at once, waits until each shows what it is there to show, and lists them. */
export async function showStates(api, url, say) {
  say('', '· A batch in every state …');
  for (const state of states.filter(({ faults }) => faults)) await connect(api, state);
  const made = await Promise.all(states.map((state) => make(api, state)));
  for (const { name, batch } of made) {
    const word = batch.attention ?? batch.phase;
    say(`  ${word.padEnd(19)}  ${name.padEnd(26)}  ${url}/batches/${batch.id}`);
  }
}

async function make(api, { name, sample, model, count, faults, cancel, shown }) {
  const lines = sample ? linesIn(sample) : requests(model, count);
  const { id } = await api.create(name, lines, faults ? name : 'Sandbox');
  if (cancel) {
    await api.follow(id, inPhase('running'), 20_000);
    await api.post(`/api/batches/${id}/cancellation`, {});
  }
  return { name, batch: await api.follow(id, shown, 40_000) };
}

/** The sandbox as a provider at an address, told to misbehave by a header that every call carries. */
function connect(api, { name, faults }) {
  const headers = { 'x-sandbox-faults': typeof faults === 'string' ? faults : JSON.stringify(faults) };
  const connection = { name, preset: 'inline-compatible', baseUrl: api.sandbox, apiKey: api.token, headers };
  return api.post('/api/connections', connection);
}

/** The word stays and no results come: they would end it. */
function stuckCancelling() {
  return [{ on: 'ended', lag: true, word: 'cancelling' }];
}

function slowResults() {
  return [{ on: 'results', trickleMs: 4_000 }];
}

function requests(model, count) {
  return Array.from({ length: count }, (_, n) => ({
    custom_id: `row-${n + 1}`,
    params: { model, max_tokens: 200, messages: [{ role: 'user', content: `Question ${n + 1}` }] },
  }));
}

function linesIn(sample) {
  const text = readFileSync(join(root, 'public', 'samples', `${sample}.jsonl`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function inPhase(phase) {
  return (batch) => batch.phase === phase;
}

function needs(attention) {
  return (batch) => batch.attention === attention;
}

function started({ phase }) {
  return phase !== 'queued' && phase !== 'submitting';
}
