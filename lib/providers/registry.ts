import 'server-only';
import { defaultCapabilities } from '#lib/model/capabilities';
import { presetNamed } from '#lib/model/preset';
import { inlineProvider } from './inline/provider.ts';
import type { Provider } from './provider.ts';

/** The adapter for a connection. A dialect nobody speaks is a bug: connections are parsed on their way in. */
export function providerFor(dialect: string, preset: string): Provider {
  if (dialect !== 'inline') throw new Error(`No provider speaks ${dialect}.`);
  const limits = presetNamed(preset)?.limits;
  const capabilities = {
    ...defaultCapabilities,
    maxRequests: limits?.requests ?? null,
    maxBytes: limits?.bytes ?? null,
  };
  if (preset !== 'sandbox') return inlineProvider(capabilities, { withCost: false });
  return inlineProvider(
    { ...capabilities, countsAre: 'live', canList: true, findsBy: 'nonce', costSource: 'demo' },
    { withCost: true },
  );
}
