import 'server-only';
import { boundConnection } from '#lib/auth/permissions';
import { findConnection } from '#lib/connections/find-connection';
import type { Context } from '#lib/context';
import { notFound, Refusal } from '#lib/errors';
import type { ConnectionLimits } from '#lib/model/connection';
import { checkForm } from '#lib/model/request-form/check';
import type { BatchForm } from '#lib/model/request-form/form';

type DraftFacts = { connection_id: string | null; form: string; requests: number; errors: number };

/** The columns that follow from a form and where it would go. A narrowed token keeps drafts for its own connection alone. */
export async function draftFacts(
  ctx: Context,
  form: BatchForm,
  connection: string | null,
): Promise<DraftFacts> {
  if (connection === null && boundConnection(ctx) !== null) throw notFound('A draft without a connection');
  const row = connection === null ? null : await findConnection(ctx, connection);
  const limits = row ? (JSON.parse(row.limits) as Partial<ConnectionLimits>) : {};
  return {
    connection_id: row?.id ?? null,
    form: JSON.stringify(form),
    requests: form.requests.length,
    errors: checkForm(form, { customIdPattern: limits.customIdPattern ?? null }).errors,
  };
}

/** The connection a draft was for may be gone by now: then only the form is judged. */
export async function draftFactsAnyway(ctx: Context, form: BatchForm, kept: string | null) {
  try {
    return await draftFacts(ctx, form, kept);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'not_found') throw error;
    return { ...(await draftFacts(ctx, form, null)), connection_id: kept };
  }
}
