import type { ConnectionLimits, Dialect, PresetName } from './connection.ts';

/** What a connection starts from. Every field but the name can be overridden by the person. */
export type Preset = {
  name: PresetName;
  title: string;
  about: string;
  dialect: Dialect;
  /** Null where the person gives it, and for the sandbox, which lives in this process. */
  baseUrl: string | null;
  /** `authorization` carries `Bearer KEY`; any other header carries the bare key. */
  keyHeader: string;
  /** Headers whose values are no secret and may be shown. */
  publicHeaders: string[];
  /** The fraction saved against the real-time price: 0.5 is half off. */
  discount: number | null;
  completionWindow: string | null;
  limits: ConnectionLimits;
  needsKey: boolean;
};

const noLimits: ConnectionLimits = { requests: null, bytes: null, customIdPattern: null };
const inline: Pick<Preset, 'dialect' | 'keyHeader' | 'publicHeaders'> = {
  dialect: 'inline',
  keyHeader: 'authorization',
  publicHeaders: [],
};

export const presets: Preset[] = [
  {
    ...inline,
    name: 'sandbox',
    title: 'Sandbox',
    about: 'A provider built into Batchdeck. Needs no key, costs nothing and answers with made-up text.',
    baseUrl: null,
    discount: 0.5,
    completionWindow: '24h',
    limits: { requests: 100_000, bytes: 256 * 1024 * 1024, customIdPattern: null },
    needsKey: false,
  },
  {
    ...inline,
    name: 'infron',
    title: 'Infron',
    about: 'Infron, formerly OneRouter. Half the real-time price, results within 24 hours.',
    baseUrl: 'https://llm.onerouter.pro/v1',
    discount: 0.5,
    completionWindow: '24h',
    limits: noLimits,
    needsKey: true,
  },
  {
    ...inline,
    name: 'siraya',
    title: 'Siraya AI',
    about:
      'Siraya AI. Half the real-time price, results within 24 hours. Some keys need llm.siraya.ai instead.',
    baseUrl: 'https://llm.siraya.pro/v1',
    discount: 0.5,
    completionWindow: '24h',
    limits: noLimits,
    needsKey: true,
  },
  {
    ...inline,
    name: 'inline-compatible',
    title: 'Inline-compatible',
    about: 'Any gateway that takes a list of requests at POST /batches, as Infron and Siraya do.',
    baseUrl: null,
    discount: null,
    completionWindow: null,
    limits: noLimits,
    needsKey: true,
  },
];

export function presetNamed(name: string): Preset | null {
  return presets.find((preset) => preset.name === name) ?? null;
}
