import 'server-only';
import { z } from 'zod';
import { asNumber } from '#lib/model/unknown';

/** Fields of a wire schema that are never wrong: `""`, null and absent all stand for nothing. */
export const looseText = z.string().catch('');
export const looseNumber = z.unknown().optional().transform(asNumber);
export const anything = z.unknown().optional();
export const loosePairs = z.record(z.string(), z.unknown()).nullable().catch(null);
