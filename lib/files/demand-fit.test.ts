import { expect, test } from 'vitest';
import { anyTarget, type LineRules } from '#lib/jsonl/line-rules';
import { demandFit } from './demand-fit.ts';
import { batchOf, filesContext, keep, params } from './files-kit.ts';
import { openFile } from './open-file.ts';

test('what a connection would refuse is refused before, with its line', async () => {
  const ctx = await filesContext();
  const file = await keep(ctx, `${params('a')}${params('b c')}${params('d e').replace('"m"', '"n"')}`);
  const opened = await openFile(ctx, file.id);
  const fits = (rules: Partial<LineRules>) => demandFit(ctx, opened, { ...anyTarget, ...rules }, 'Gateway');
  await fits({});
  await fits({ mixedModels: true, customIdPattern: '^[a-e ]+$' });
  await expect(fits({ customIdPattern: '^[a-e]+$' })).rejects.toMatchObject({
    code: 'invalid',
    message:
      'Gateway would refuse this file. Line 2, column 14: `custom_id` must match ^[a-e]+$ here. There are 1 more.',
    details: { errors: 2, findings: [{ line: 2 }, { line: 3 }] },
  });
  await expect(fits({ mixedModels: false })).rejects.toThrow('Line 3, column 38: a second model');
});

test('a batch is made only of lines that fit its connection', async () => {
  const ctx = await filesContext();
  const file = await keep(ctx, params('a b'));
  await batchOf(ctx, file);
  const limits = JSON.stringify({ customIdPattern: '^[a-z]+$' });
  await ctx.db.updateTable('connections').set({ limits }).execute();
  await expect(batchOf(ctx, file)).rejects.toThrow('Sandbox would refuse this file. Line 1');
});
