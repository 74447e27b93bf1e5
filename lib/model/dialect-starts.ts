import type { Preset } from './preset.ts';

type Start = Pick<Preset, 'dialect' | 'keyHeader' | 'publicHeaders' | 'limits'>;

export function limitsOf(requests: number | null, bytes: number | null): Preset['limits'] {
  return { requests, bytes, customIdPattern: null };
}

const noLimits = limitsOf(null, null);

/** How Portkey is told which provider to hand a batch on to, and those of them that take batches. */
export const gatewayRoute = {
  header: 'x-portkey-provider',
  values: ['openai', 'azure-openai', 'azure-ai', 'bedrock', 'vertex-ai', 'cohere'],
};

/** What every preset of a dialect begins with. */
export const dialectStarts: Record<Preset['dialect'], Start> = {
  inline: { dialect: 'inline', keyHeader: 'authorization', publicHeaders: [], limits: noLimits },
  openai: {
    dialect: 'openai',
    keyHeader: 'authorization',
    publicHeaders: ['openai-organization', 'openai-project', gatewayRoute.header],
    limits: noLimits,
  },
  anthropic: {
    dialect: 'anthropic',
    keyHeader: 'x-api-key',
    publicHeaders: ['anthropic-version', 'anthropic-beta'],
    limits: { ...noLimits, customIdPattern: '^[A-Za-z0-9_-]{1,64}$' },
  },
};
