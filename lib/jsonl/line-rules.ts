import type { Capabilities } from '#lib/model/capabilities';
import type { FileDialect } from '#lib/model/file';

/** What a target demands of a file. Plain data: it travels to workers as it is. */
export type LineRules = {
  /** The form of line it takes; null where either may come. */
  lines: FileDialect | null;
  limits: { requests: number | null; bytes: number | null };
  /** A regular expression for the whole id. */
  customIdPattern: string | null;
  /** False where all lines must name one model; null where nobody knows yet. */
  mixedModels: boolean | null;
  /** False where all lines must name one `url`; null where nobody knows yet. */
  mixedEndpoints: boolean | null;
  /** What a `url` may be, as far as is known; null where nobody knows. */
  endpoints: string[] | null;
  /** The most output tokens of the models for which that is known. */
  outputTokens: Record<string, number>;
};

/** For a file whose target is not known. */
export const anyTarget: LineRules = {
  lines: null,
  limits: { requests: null, bytes: null },
  customIdPattern: null,
  mixedModels: null,
  mixedEndpoints: null,
  endpoints: null,
  outputTokens: {},
};

/** What a connection's provider can do, as far as it concerns lines. */
export function rulesOf(can: Capabilities): LineRules {
  return {
    lines: can.lines,
    // A file larger than the provider takes at once goes out in parts.
    limits: { requests: null, bytes: null },
    customIdPattern: can.customIdPattern,
    mixedModels: can.mixedModels,
    mixedEndpoints: can.mixedEndpoints,
    endpoints: can.endpoints,
    outputTokens: {},
  };
}

/** A rule somebody wrote that is no regular expression binds nobody. */
export function idPattern({ customIdPattern }: LineRules): RegExp | null {
  try {
    return customIdPattern === null ? null : new RegExp(customIdPattern, 'u');
  } catch {
    return null;
  }
}

export function sameRules(a: LineRules, b: LineRules): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
