import { dialectStarts, limitsOf } from './dialect-starts.ts';
import type { Preset } from './preset.ts';

const openai = {
  ...dialectStarts.openai,
  otherDialects: [],
  completionWindow: '24h',
  needsKey: true,
  can: {},
};
const MB = 1_000_000;

/** The large services with a batch API of their own. Limits drift: they are where a person starts, and can be changed. */
export const hostedPresets: Preset[] = [
  {
    ...openai,
    name: 'openai',
    title: 'OpenAI',
    about:
      'Half the real-time price, within 24 hours. One model and one endpoint a file; at most 50,000 requests and 200 MB.',
    baseUrl: 'https://api.openai.com/v1',
    console: 'https://platform.openai.com/batches/{id}',
    discount: 0.5,
    prices: 'openai',
    limits: limitsOf(50_000, 200 * MB),
    can: {
      openai: {
        mixedModels: false,
        retentionDays: 30,
        endpoints: [
          '/v1/chat/completions',
          '/v1/responses',
          '/v1/completions',
          '/v1/embeddings',
          '/v1/moderations',
          '/v1/images/generations',
          '/v1/images/edits',
          '/v1/videos',
        ],
      },
    },
  },
  {
    ...dialectStarts.anthropic,
    name: 'anthropic',
    title: 'Anthropic',
    about:
      'Message Batches: half the real-time price, within 24 hours. At most 100,000 requests and 256 MB; ids of 64 plain characters. Counts appear at the end.',
    otherDialects: [],
    baseUrl: 'https://api.anthropic.com',
    console: 'https://platform.claude.com/settings/workspaces/default/batches',
    discount: 0.5,
    prices: 'anthropic',
    completionWindow: null,
    limits: { ...dialectStarts.anthropic.limits, requests: 100_000, bytes: 256 * MB },
    needsKey: true,
    can: {},
  },
  {
    ...openai,
    name: 'azure-openai',
    title: 'Azure OpenAI',
    about:
      'Put your resource into the base URL, https://RESOURCE.openai.azure.com/openai/v1, and name a Global or Data Zone Batch deployment as the model. At most 100,000 requests and 200 MB. Late jobs go on after 24 hours.',
    baseUrl: null,
    keyHeader: 'api-key',
    discount: 0.5,
    prices: 'azure',
    limits: limitsOf(100_000, 200 * MB),
    can: {
      openai: {
        mixedModels: false,
        expires: false,
        endpoints: [
          '/v1/chat/completions',
          '/chat/completions',
          '/v1/responses',
          '/v1/embeddings',
          '/embeddings',
        ],
      },
    },
  },
  {
    ...openai,
    name: 'groq',
    title: 'Groq',
    about:
      'Half the real-time price, in windows from 24 hours to 7 days. Models may be mixed. At most 50,000 requests; its documents say 200 MB or 100 MB, so the smaller is set here.',
    baseUrl: 'https://api.groq.com/openai/v1',
    discount: 0.5,
    prices: 'groq',
    limits: limitsOf(50_000, 100 * MB),
    can: {
      openai: {
        endpoints: ['/v1/chat/completions', '/v1/audio/transcriptions', '/v1/audio/translations'],
        mixedEndpoints: true,
        windows: ['24h', '48h', '72h', '7d'],
        retentionDays: 30,
      },
    },
  },
];
