import type { Preset } from './preset.ts';

type Start = Pick<Preset, 'dialect' | 'keyHeader' | 'publicHeaders' | 'limits'>;

export function limitsOf(requests: number | null, bytes: number | null): Preset['limits'] {
  return { requests, bytes, customIdPattern: null };
}

const noLimits = limitsOf(null, null);

/** What every preset of a dialect begins with. */
export const dialectStarts: Record<Preset['dialect'], Start> = {
  inline: { dialect: 'inline', keyHeader: 'authorization', publicHeaders: [], limits: noLimits },
  openai: {
    dialect: 'openai',
    keyHeader: 'authorization',
    publicHeaders: ['openai-organization', 'openai-project', 'x-portkey-provider'],
    limits: noLimits,
  },
  anthropic: {
    dialect: 'anthropic',
    keyHeader: 'x-api-key',
    publicHeaders: ['anthropic-version', 'anthropic-beta'],
    limits: { ...noLimits, customIdPattern: '^[A-Za-z0-9_-]{1,64}$' },
  },
};
