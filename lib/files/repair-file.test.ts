import { beforeEach, expect, test } from 'vitest';
import type { Context } from '#lib/context';
import type { Repair } from '#lib/model/repair';
import { repairOrderSchema } from '#lib/model/repair.schema';
import { contentOf, filesContext, keep, params } from './files-kit.ts';
import { getFile } from './get-file.ts';
import { previewRepairs, repairFile } from './repair-file.ts';

let ctx: Context;
beforeEach(async () => {
  ctx = await filesContext();
});

const faulty = `\ufeff${params('a').trimEnd()}\r\n\r\nnonsense\n${params('a')}{"params":{"model":"m","n":1.0}}`;

test('a repaired file is a new one that names its origin and its recipe', async () => {
  const file = await keep(ctx, faulty, 'rows.jsonl');
  const repairs: Repair[] = [
    { kind: 'edit_lines', lines: [{ line: 3, text: params('b').trim() }] },
    { kind: 'strip_bom' },
    { kind: 'newlines' },
    { kind: 'add_ids' },
    { kind: 'unique_ids' },
  ];
  const report = await previewRepairs(ctx, file.id, repairs);
  expect(report).toMatchObject({ lines: 5, changed: 4, dropped: 1 });
  expect(await ctx.db.selectFrom('files').selectAll().execute()).toHaveLength(1);

  const made = await repairFile(ctx, file.id, { repairs });
  expect(made).toMatchObject({
    name: 'rows.repaired.jsonl',
    derivedFrom: file.id,
    recipe: { repairs },
    requests: 4,
    usable: true,
    findings: { errors: 0, warnings: 0, codes: {} },
  });
  expect(await contentOf(ctx, made.id)).toBe(
    `${params('a')}${params('b')}${params('a-2')}{"custom_id":"row-4","params":{"model":"m","n":1.0}}\n`,
  );
  expect(await contentOf(ctx, file.id)).toBe(faulty);
  expect(await getFile(ctx, file.id)).toEqual(file);
  const again = await repairFile(ctx, made.id, { repairs: [{ kind: 'set_model', model: 'n' }] });
  expect([again.name, again.models]).toEqual(['rows.repaired.jsonl', ['n']]);
});

test('a converted file says its form in its name', async () => {
  const file = await keep(ctx, params('a'), 'rows.jsonl');
  const convert: Repair = { kind: 'convert', to: 'openai', url: '/v1/chat/completions' };
  const made = await repairFile(ctx, file.id, { repairs: [convert] });
  expect(made).toMatchObject({ name: 'rows.openai.jsonl', dialect: 'openai', usable: true });
});

test('a large file goes through in pieces, and a line that is too long stays or is left out', async () => {
  const lines = Array.from({ length: 3_000 }, (_, i) => params(`r${i}`, `,"x":"${'y'.repeat(300)}"`)).join(
    '',
  );
  const long = Buffer.concat([
    Buffer.from(`{"custom_id":"long","x":"`),
    Buffer.alloc(67_200_000, 'z'),
    Buffer.from('"}\n'),
  ]);
  const file = await keep(ctx, Buffer.concat([Buffer.from(lines), long, Buffer.from(params('r1'))]));
  expect(file.findings.codes).toEqual({ line_too_long: 1, duplicate_custom_id: 1 });
  const kept = await repairFile(ctx, file.id, { repairs: [{ kind: 'unique_ids' }] });
  expect(kept.bytes).toBe(file.bytes + 2);
  expect(kept.findings.codes).toEqual({ line_too_long: 1 });
  const without = await repairFile(ctx, file.id, { repairs: [{ kind: 'drop_bad_lines' }] });
  expect(await contentOf(ctx, without.id)).toBe(lines);
}, 60_000);

test('a repair that leaves nothing keeps nothing', async () => {
  const file = await keep(ctx, 'nonsense');
  await expect(repairFile(ctx, file.id, { repairs: [{ kind: 'drop_bad_lines' }] })).rejects.toThrow('empty');
  expect(await Array.fromAsync(ctx.blobs.list('files/'))).toHaveLength(1);
});

test('viewers look at a repair and make none', async () => {
  const file = await keep(ctx, faulty);
  const viewer = { ...ctx, actor: { ...ctx.actor, role: 'viewer' } } as Context;
  const repairs: Repair[] = [{ kind: 'newlines' }];
  expect((await previewRepairs(viewer, file.id, repairs)).changed).toBe(2);
  await expect(repairFile(viewer, file.id, { repairs })).rejects.toMatchObject({ status: 403 });
});

test.each([
  { repairs: [] },
  { repairs: [{ kind: 'unheard_of' }] },
  { repairs: [{ kind: 'set_parameter', name: 'x', json: '{"a":' }] },
  { repairs: [{ kind: 'set_model', model: ' ' }] },
  { repairs: [{ kind: 'edit_lines', lines: [{ line: 0, text: 'x' }] }] },
  { repairs: [{ kind: 'convert', to: 'params', url: null }] },
])('%j is no order', (order) => {
  expect(repairOrderSchema.safeParse(order).success).toBe(false);
});
