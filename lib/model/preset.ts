import type { Capabilities } from './capabilities.ts';
import { compatiblePresets } from './compatible-presets.ts';
import type { ConnectionLimits, Dialect, PresetName } from './connection.ts';
import { dialectStarts } from './dialect-starts.ts';
import { hostedPresets } from './hosted-presets.ts';
import { inlinePresets } from './inline-presets.ts';

/** Whose list of prices holds: one by its name, for a gateway that of the model's vendor, or none that is known. */
export type PriceList = string | null;

/** What a connection starts from. Every field but the name can be overridden by the person. */
export type Preset = {
  name: PresetName;
  title: string;
  about: string;
  dialect: Dialect;
  /** Dialects it may be told to speak instead; empty where it knows but one. */
  otherDialects: Dialect[];
  /** Null where the person gives it, and for the sandbox, which lives in this process. */
  baseUrl: string | null;
  /** `authorization` carries `Bearer KEY`; any other header carries the bare key. */
  keyHeader: string;
  /** Headers whose values are no secret and may be shown. */
  publicHeaders: string[];
  /** The fraction saved against the real-time price: 0.5 is half off. */
  discount: number | null;
  prices: PriceList;
  completionWindow: string | null;
  limits: ConnectionLimits;
  needsKey: boolean;
  /** Where its own console shows a batch: `{id}` is the provider's. */
  console?: string;
  /** Where its provider differs from others of a dialect. */
  can: Partial<Record<Dialect, Partial<Omit<Capabilities, 'maxRequests' | 'maxBytes' | 'customIdPattern'>>>>;
};

export const presets: Preset[] = [...inlinePresets, ...hostedPresets, ...compatiblePresets];

export function presetNamed(name: string): Preset | null {
  return presets.find((preset) => preset.name === name) ?? null;
}

/** Where a person finds a batch at its provider; null where no console is known, or another address is called. */
export function consoleUrl(preset: string, baseUrl: string, id: string | null): string | null {
  const { console, baseUrl: own } = presetNamed(preset) ?? {};
  if (!console || own !== baseUrl || id === null) return null;
  return console.replace('{id}', encodeURIComponent(id));
}

/** The preset as it is in another dialect; null where it cannot be told to speak that. */
export function presetIn(preset: Preset, dialect: Dialect): Preset | null {
  if (dialect === preset.dialect) return preset;
  if (!preset.otherDialects.includes(dialect)) return null;
  const start = dialectStarts[dialect];
  const { customIdPattern } = start.limits;
  const publicHeaders = [...new Set([...start.publicHeaders, ...preset.publicHeaders])];
  return { ...preset, ...start, publicHeaders, limits: { ...preset.limits, customIdPattern } };
}
