import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { revokeShare } from '#lib/shares/revoke-share';

const params = z.object({ shareId: z.string() });

export const DELETE = handle({ params }, ({ ctx, params: { shareId } }) => revokeShare(ctx, shareId));
