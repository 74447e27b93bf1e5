import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright/test';
import { apiOf, lines } from './api.ts';
import { expect, newSession, test } from './fixtures.ts';
import { type Server, startServer } from './server.ts';

/** A server of its own, whose store is changed while it rests. */
let server: Server;
let theirs: string;
let asked: string;
let long: string;
test.beforeAll(async () => {
  server = await startServer();
  const api = apiOf(server);
  const first = await api.create(lines(12, 'sandbox/instant'), 'Translations, part one');
  theirs = (await api.over(first.id)).parts[0]?.providerBatchId ?? '';
  asked = (await api.create(lines(12, 'sandbox/slow'), 'Translations, part two')).id;
  const small = { name: 'Small', preset: 'sandbox', limits: { requests: 2 } };
  await api.send('POST', '/api/connections', small);
  long = (await api.create(lines(3, 'sandbox/slow'), 'Overnight', small.name)).id;
  for (const id of [asked, long]) await api.until(id, ({ phase }) => phase === 'running');
  await whileItRests((db) => {
    loseCall(db, asked, [theirs, 'batch_5d2f0c1e-77aa-4a53-9d0a-3f1f0e0f9b11']);
    age(db, long, 47 * 60_000);
  });
});
test.afterAll(() => server.clear());

test('a lost call is put before a person with what could be it, and sending again waits', async ({
  page,
  axe,
}) => {
  await open(page);
  const band = page.getByRole('alert').filter({ hasText: 'was lost' });
  await expect(band).toContainText('2 batches at Sandbox could be it.');
  const status = page.getByRole('region', { name: 'Status' });
  await expect(status).toContainText('what Sandbox lists is looked through again in');
  await expect(page.getByText('The batch waits for a decision.')).toBeVisible();
  await page.getByRole('button', { name: 'Send again' }).click();
  const again = page.getByRole('dialog');
  await again.getByLabel('Type “send again” to confirm').fill('send again');
  await expect(again).toContainText(/The first call may still arrive\. Possible in \d/);
  await expect(again).toContainText('Batchdeck follows the second one.');
  await expect(again.getByRole('button', { name: 'Send again' })).toHaveAttribute('aria-disabled', 'true');
  await axe(page);
  await again.getByRole('button', { name: 'Not now' }).click();
  await page.getByRole('button', { name: 'Choose' }).click();
  const choice = page.getByRole('dialog');
  await expect(choice.getByRole('listitem')).toHaveCount(2);
  await axe(page);
  await choice.getByRole('button', { name: 'Use this one: batch_5d2f0c1e' }).click();
  await expect(choice).toContainText('was not found');
  await page.goto(await linkTo(asked));
  await expect(page.getByRole('region', { name: 'Status' })).toContainText('waits for a decision');
  await expect(page.getByText('on its way')).toHaveCount(0);
});

test('a batch that takes long tells since when, until when, and what each part was last told', async ({
  page,
}) => {
  await open(page, long);
  const status = page.getByRole('region', { name: 'Status' });
  await expect(status).toContainText(/4\d min of at most 24 h/);
  await expect(status).toContainText('Small reports counts only at the end.');
  await expect(status).toContainText('How long this takes is not known here yet.');
  await expect(status).toContainText(/due in \d+ [dh]/);
  await expect(status).toContainText(/checked .*“in_progress”/);
  await expect(status).toContainText(/no change for 4\d min/);
  await page.getByRole('tab', { name: 'Charts' }).click();
  await expect(page.getByRole('figure')).toContainText('Small reports counts only at the end.');
  await page.getByRole('tab', { name: 'Details' }).click();
  const details = page.getByRole('region', { name: 'Details' });
  await details.getByRole('heading', { name: 'Part 2 of 2' }).click();
  await expect(details.getByText('batch_').last()).toBeVisible();
  await expect(details.getByText('"in_progress"').last()).toBeVisible();
});

test('a batch that another part has is refused in words', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Choose' }).click();
  await page.getByRole('button', { name: `Use this one: ${theirs}` }).click();
  await expect(page.getByRole('dialog')).toContainText(
    'already belongs to the batch “Translations, part one”',
  );
});

test('a paused connection says why its batches wait', async ({ page, axe }) => {
  const api = apiOf(server);
  await whileItRests(refuseKey);
  const { id } = await api.create(lines(3), 'Waits for the key');
  await api.until(id, ({ parts }) => parts[0]?.hold === 'connection');
  await open(page, id);
  await expect(page.getByRole('region', { name: 'Status' })).toContainText('refused the key');
  await axe(page);
  await page.getByRole('button', { name: 'Cancel batch' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel batch' }).click();
  await expect(page.getByRole('region', { name: 'Status' })).toContainText('Stopped on request');
});

async function linkTo(batchId: string): Promise<string> {
  const wish = { scope: 'results' };
  const { url } = await apiOf(server).send<{ url: string }>('POST', `/api/batches/${batchId}/shares`, wish);
  return server.at('localhost') + new URL(url).pathname;
}

async function open(page: Page, id = asked): Promise<void> {
  const here = server.at('localhost');
  const cookie = { ...(await newSession(server)), url: here.replace('http:', 'https:') };
  await page.context().addCookies([{ ...cookie, httpOnly: true, secure: true, sameSite: 'Lax' }]);
  await page.goto(`${here}/batches/${id}`);
}

async function whileItRests(change: (db: DatabaseSync) => void): Promise<void> {
  await server.end('SIGTERM');
  const db = new DatabaseSync(path.join(server.dataDir, 'batchdeck.sqlite'));
  change(db);
  db.close();
  await server.start();
}

/** As a batch stands when its create call was lost and looking found these; the clock leaves it alone for a day. */
function loseCall(db: DatabaseSync, batchId: string, found: string[]): void {
  const day = 86_400_000;
  const now = Date.now();
  const candidates = found.map((id, n) => ({
    id,
    createdAt: now - 90_000 - n * 60_000,
    requests: 12,
    succeeded: n === 0 ? 12 : 0,
    failed: 0,
    status: n === 0 ? 'completed' : 'in_progress',
    sure: false,
  }));
  db.prepare(
    "update parts set phase = 'submitting', attention = 'needs_decision', provider_batch_id = null, due_at = ? where batch_id = ?",
  ).run(now + day, batchId);
  db.prepare("update batches set phase = 'submitting', attention = 'needs_decision' where id = ?").run(
    batchId,
  );
  db.prepare(
    "update intents set state = 'lost', provider_batch_id = null, sent_at = ?, looks = 10, candidates = ? where part_id in (select id from parts where batch_id = ?)",
  ).run(now, JSON.stringify(candidates), batchId);
}

/** As a batch stands that was sent so long ago and of which nothing new was heard since. */
function age(db: DatabaseSync, batchId: string, ms: number): void {
  const at = Date.now() - ms;
  db.prepare('update parts set moved_at = ?, changed_at = ? where batch_id = ?').run(at, at, batchId);
  db.prepare(
    'update intents set settled_at = ? where part_id in (select id from parts where batch_id = ?)',
  ).run(at, batchId);
  db.prepare(
    "update batches set created_at = ?, submitted_at = ?, started_at = ?, counts_are = 'final-only' where id = ?",
  ).run(at, at, at, batchId);
}

/** As a connection stands whose key was refused just now. */
function refuseKey(db: DatabaseSync): void {
  db.exec("update connections set paused_at = 1, paused_why = 'credential_rejected'");
  db.prepare("insert into settings select 'key-tried:' || id, ? from connections").run(String(Date.now()));
}
