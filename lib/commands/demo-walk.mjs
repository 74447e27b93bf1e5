import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, Stop } from './checkout.mjs';
import { isOver } from './demo-api.mjs';

/** The quickstart's three requests: sent, followed, read, shared. */
export async function walkQuickstart(api, say) {
  const sample = readFileSync(join(root, 'public', 'samples', 'quickstart.jsonl'), 'utf8');
  const lines = sample
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  say('', `· Quickstart: ${lines.length} requests to the sandbox …`);
  const { id } = await api.create('Quickstart', lines);
  let last = '';
  const batch = await api.follow(id, isOver, 60_000, (now) => {
    const status = statusOf(now);
    if (status !== last) say(`  ${status}`);
    last = status;
  });
  if (batch.phase !== 'completed') throw new Stop(`The quickstart ended as ${batch.phase}.`);
  const { items } = await api.get(`/api/batches/${id}/results`);
  for (const row of items) {
    const { response } = await api.get(`/api/batches/${id}/results/${row.ordinal}`);
    say('', `  ${row.customId}   ${row.outcome}`, ...indented(answerIn(response)));
  }
  const { url } = await api.post(`/api/batches/${id}/shares`, { scope: 'results' });
  say('', `  Share link: ${url}`);
}

function statusOf({ phase, progress, counts }) {
  const done = counts.succeeded + counts.failed;
  const far = progress === null ? '' : `${progress} %`;
  return [phase.padEnd(11), far.padStart(5), `${done}/${counts.total}`.padStart(5)].join('  ').trimEnd();
}

function answerIn(response) {
  const line = JSON.parse(response?.text ?? '{}');
  return line.response?.body?.choices?.[0]?.message?.content ?? JSON.stringify(line.error ?? null);
}

function indented(text) {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => `    ${line}`);
}
