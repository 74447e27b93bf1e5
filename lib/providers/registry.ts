import 'server-only';
import { type Capabilities, capabilitiesOf } from '#lib/model/capabilities';
import type { ConnectionLimits, Dialect } from '#lib/model/connection';
import { anthropicProvider } from './anthropic/provider.ts';
import { inlineProvider } from './inline/provider.ts';
import { openaiProvider } from './openai/provider.ts';
import type { Provider } from './provider.ts';

const providers: Record<Dialect, (capabilities: Capabilities) => Provider> = {
  inline: inlineProvider,
  openai: openaiProvider,
  anthropic: anthropicProvider,
};

/** The adapter for a connection. A dialect nobody speaks is a bug: connections are parsed on their way in. */
export function providerFor(dialect: string, preset: string, limits?: Partial<ConnectionLimits>): Provider {
  if (!isSpoken(dialect)) throw new Error(`No provider speaks ${dialect}.`);
  return providers[dialect](capabilitiesOf({ dialect, preset, limits }));
}

function isSpoken(dialect: string): dialect is Dialect {
  return Object.hasOwn(providers, dialect);
}
