import { dialectStarts, gatewayRoute, limitsOf } from './dialect-starts.ts';
import type { Preset } from './preset.ts';

const MB = 1_000_000;
const start = {
  ...dialectStarts.openai,
  otherDialects: [],
  discount: null,
  prices: null,
  completionWindow: '24h',
  needsKey: true,
  can: {},
};

/** Gateways and services that follow OpenAI's Files and Batches, each with what is known to differ. */
export const compatiblePresets: Preset[] = [
  {
    ...start,
    name: 'openai-compatible',
    title: 'OpenAI-compatible',
    about:
      'Any server with POST /files and POST /batches as OpenAI has them. Nothing is assumed about its limits: set those you know.',
    otherDialects: ['inline', 'anthropic'],
    prices: 'vendor',
    baseUrl: null,
    needsKey: false,
  },
  {
    ...start,
    name: 'portkey',
    title: 'Portkey',
    about:
      'Passes a batch on to the provider you name, with that provider’s key. Your own listens at http://localhost:8787/v1; its cloud wants a header x-portkey-api-key too. Limits and discount are the provider’s; its guide advises 1,000 to 50,000 requests.',
    prices: 'vendor',
    baseUrl: null,
    limits: limitsOf(50_000, null),
    can: {
      openai: {
        mixedModels: false,
        endpoints: ['/v1/chat/completions', '/v1/completions', '/v1/embeddings'],
        route: gatewayRoute,
      },
    },
  },
  {
    ...start,
    name: 'litellm',
    title: 'LiteLLM',
    about:
      'A LiteLLM proxy, as a rule at port 4000. The model in the file chooses the provider behind it, whose limits and discount apply.',
    prices: 'vendor',
    baseUrl: null,
  },
  {
    ...start,
    name: 'vllm',
    title: 'vLLM family',
    about:
      'AIBrix, llm-d and other batch servers in front of vLLM; vLLM alone has no batch API. Errors may stand among the answers.',
    baseUrl: null,
    needsKey: false,
    can: { openai: { separateErrorFile: false } },
  },
  {
    ...start,
    name: 'doubleword',
    title: 'Doubleword',
    about:
      'Windows of 24 hours, 1 hour or “background”. Files up to 100 MB. Batches do not expire; ids may repeat there, but not here.',
    baseUrl: 'https://api.doubleword.ai/v1',
    limits: limitsOf(null, 100 * MB),
    can: { openai: { windows: ['24h', '1h', 'background'], expires: false } },
  },
  {
    ...start,
    name: 'qwen',
    title: 'Alibaba Qwen',
    about:
      'Model Studio (DashScope). 50,000 requests and 100 MB by its older documents; newer ones may allow more. The model batch-test-model at /v1/chat/ds-test answers for free. Outside China use dashscope-intl.aliyuncs.com.',
    baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
    limits: limitsOf(50_000, 100 * MB),
    can: { openai: { endpoints: ['/v1/chat/completions', '/v1/embeddings', '/v1/chat/ds-test'] } },
  },
  {
    ...start,
    name: 'kimi',
    title: 'Moonshot Kimi',
    about:
      'Needs an account of tier 1 or above. Its limits are not known to us. Outside China the address is probably api.moonshot.ai.',
    baseUrl: 'https://api.moonshot.cn/v1',
    can: { openai: { endpoints: ['/v1/chat/completions'] } },
  },
  {
    ...start,
    name: 'zhipu',
    title: 'Zhipu',
    about:
      'Half the real-time price. Lines and batch name /v4/chat/completions. At most 50,000 requests and 100 MB.',
    baseUrl: 'https://open.bigmodel.cn/api/paas/v4',
    discount: 0.5,
    completionWindow: null,
    limits: limitsOf(50_000, 100 * MB),
    can: { openai: { endpoints: ['/v4/chat/completions'], windows: [] } },
  },
  {
    ...start,
    name: 'siliconflow',
    title: 'SiliconFlow',
    about:
      'Half the real-time price, in windows from 24 to 336 hours. At most 5,000 requests and 1 GB. It counts nothing while it works; results are kept for a month.',
    baseUrl: 'https://api.siliconflow.cn/v1',
    discount: 0.5,
    limits: limitsOf(5_000, 1_000 * MB),
    can: {
      openai: {
        endpoints: ['/v1/chat/completions'],
        windows: ['24h', '48h', '72h', '168h', '336h'],
        countsAre: 'final-only',
        retentionDays: 30,
      },
    },
  },
  {
    ...start,
    name: 'novita',
    title: 'Novita',
    about:
      'One model a file; 50,000 requests is our guess. Its documents disagree on the window, 24 or 48 hours, and say up to half off. Files are kept for 15 days.',
    prices: 'novita',
    baseUrl: 'https://api.novita.ai/openai/v1',
    limits: limitsOf(50_000, null),
    can: {
      openai: {
        endpoints: ['/v1/chat/completions', '/v1/completions'],
        mixedModels: false,
        windows: ['24h', '48h'],
        findsBy: 'file',
        takesMetadata: false,
        retentionDays: 15,
      },
    },
  },
  {
    ...start,
    name: 'deepinfra',
    title: 'DeepInfra',
    about:
      'A fifth off the real-time price. Its limits are not published, and the address here is our best guess.',
    baseUrl: 'https://api.deepinfra.com/v1/openai',
    discount: 0.2,
  },
  {
    ...start,
    name: 'parasail',
    title: 'Parasail',
    about: 'Models may be mixed in one file. Files up to 500 MB.',
    baseUrl: 'https://api.parasail.io/v1',
    limits: limitsOf(null, 500 * MB),
  },
];
