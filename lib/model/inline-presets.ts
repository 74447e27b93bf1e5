import { dialectStarts, limitsOf } from './dialect-starts.ts';
import type { Preset } from './preset.ts';
import { faultsHeader } from './sandbox-faults.ts';

const start = { ...dialectStarts.inline, otherDialects: [], prices: 'vendor', needsKey: true, can: {} };

/** What takes its requests inside the create call, and the sandbox, which speaks every dialect. */
export const inlinePresets: Preset[] = [
  {
    ...start,
    name: 'sandbox',
    title: 'Sandbox',
    about: 'A provider built into Batchdeck. Needs no key, costs nothing and answers with made-up text.',
    otherDialects: ['openai', 'anthropic'],
    baseUrl: null,
    publicHeaders: [faultsHeader],
    discount: 0.5,
    prices: null,
    completionWindow: '24h',
    limits: limitsOf(100_000, 256 * 1024 * 1024),
    needsKey: false,
    can: {
      inline: { costSource: 'demo', countsAre: 'live', canList: true, findsBy: 'nonce' },
      openai: { costSource: 'demo' },
      anthropic: { costSource: 'demo' },
    },
  },
  {
    ...start,
    name: 'infron',
    title: 'Infron',
    about: 'Infron, formerly OneRouter. Half the real-time price, results within 24 hours.',
    baseUrl: 'https://llm.onerouter.pro/v1',
    discount: 0.5,
    completionWindow: '24h',
  },
  {
    ...start,
    name: 'siraya',
    title: 'Siraya AI',
    about:
      'Siraya AI. Half the real-time price, results within 24 hours. Some keys need llm.siraya.ai instead.',
    baseUrl: 'https://llm.siraya.pro/v1',
    discount: 0.5,
    completionWindow: '24h',
  },
  {
    ...start,
    name: 'inline-compatible',
    title: 'Inline-compatible',
    about: 'Any gateway that takes a list of requests at POST /batches, as Infron and Siraya do.',
    otherDialects: ['openai', 'anthropic'],
    baseUrl: null,
    discount: null,
    completionWindow: null,
  },
];
