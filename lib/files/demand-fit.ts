import 'server-only';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { grouped } from '#lib/jsonl/finding-list';
import { anyTarget, type LineRules } from '#lib/jsonl/line-rules';
import type { Summary } from '#lib/jsonl/validate';
import { createJudge } from './judge.ts';
import type { OpenedFile } from './open-file.ts';

/**
 * Refuses a file whose lines break a rule of their target, and says which. The file was judged without a target when
 * it came; it is read again only where the rules ask for more than was told then.
 */
export async function demandFit(
  ctx: Context,
  { file, blobKey }: OpenedFile,
  rules: LineRules,
  target: string,
): Promise<void> {
  const mixed = (names: string[], mayMix: boolean | null) => mayMix === false && names.length > 1;
  const looksFine = !mixed(file.models, rules.mixedModels) && !mixed(file.endpoints, rules.mixedEndpoints);
  const readsLines = rules.customIdPattern !== null || Object.keys(rules.outputTokens).length > 0;
  if (looksFine && !readsLines) return;
  const { errors, findings } = await judge(ctx, blobKey, { ...rules, limits: anyTarget.limits });
  if (errors === 0) return;
  const worst = findings.filter(({ severity }) => severity === 'error');
  const more = errors === 1 ? '' : ` There are ${grouped(errors - 1)} more.`;
  throw new Refusal('invalid', `${target} would refuse this file. ${worst[0]?.message}${more}`, {
    errors,
    findings: worst.slice(0, 100),
  });
}

async function judge(ctx: Context, blobKey: string, rules: LineRules): Promise<Summary> {
  const judge = createJudge(rules);
  try {
    for await (const chunk of ctx.blobs.read(blobKey)) await judge.push(new Uint8Array(chunk));
    return await judge.finish();
  } catch (error) {
    judge.stop();
    throw error;
  }
}
