import { capabilitiesOf } from '#lib/model/capabilities';
import { type Preset, presets } from '#lib/model/preset';
import { bytesAsText } from './byte-words.ts';

/** A way to start a connection. The sandbox has two: well behaved, and not. */
export type Start = { id: string; preset: Preset; title: string; about: string; behavior: string };
export type StartGroup = { title: string; about: string; starts: Start[] };

const gateways = ['portkey', 'litellm'];

const groups: { title: string; about: string; fits: (preset: Preset) => boolean }[] = [
  { title: 'Built in', about: 'No key, no cost, no network.', fits: ({ name }) => name === 'sandbox' },
  {
    title: 'Inline',
    about: 'Requests travel inside the create call.',
    fits: ({ dialect }) => dialect === 'inline',
  },
  {
    title: 'Anthropic',
    about: 'Message Batches.',
    fits: ({ dialect }) => dialect === 'anthropic',
  },
  {
    title: 'Gateways',
    about: 'They pass a batch on to a provider behind them.',
    fits: ({ name }) => gateways.includes(name),
  },
  { title: 'OpenAI-compatible', about: 'A file is uploaded, a batch made of it.', fits: () => true },
];
const order = ['Built in', 'Inline', 'OpenAI-compatible', 'Gateways', 'Anthropic'];

export function startsOf(preset: Preset): Start[] {
  const { title, about } = preset;
  const plain = { id: preset.name, preset, title, about, behavior: '' };
  if (preset.name !== 'sandbox') return [plain];
  const misbehaving = {
    ...plain,
    id: 'sandbox-misbehaving',
    title: 'Sandbox that misbehaves',
    about:
      'See how Batchdeck copes: it loses answers, is busy, forgets batches, breaks off results, or what else you pick.',
    behavior: 'lost-answer',
  };
  return [plain, misbehaving];
}

/** Every preset once, in the group it belongs to, narrowed to what was searched for. */
export function startGroups(search: string): StartGroup[] {
  const words = search.trim().toLowerCase();
  const found = (start: Start) =>
    `${start.title} ${start.about} ${start.preset.name}`.toLowerCase().includes(words);
  return order.flatMap((title) => {
    const about = groups.find((group) => group.title === title)?.about ?? '';
    const starts = presets
      .filter((preset) => groupOf(preset) === title)
      .flatMap(startsOf)
      .filter(found);
    return starts.length === 0 ? [] : [{ title, about, starts }];
  });
}

function groupOf(preset: Preset): string {
  return groups.find(({ fits }) => fits(preset))?.title ?? 'OpenAI-compatible';
}

/** What one must bring and what one gets, in few words each. Unknown is said, never left out. */
export function startFacts({
  name,
  dialect,
  needsKey,
  baseUrl,
  limits,
  discount,
  completionWindow,
}: Preset): string[] {
  const { windows } = capabilitiesOf({ preset: name, dialect });
  const price = discount === null ? 'discount not known' : discountWords(discount);
  const window = windows.length > 1 ? `${windows[0]} to ${windows.at(-1)}` : (completionWindow ?? windows[0]);
  const inside = name === 'sandbox';
  return [
    needsKey ? 'needs a key' : inside ? 'no key' : 'key optional',
    ...(baseUrl === null && !inside ? ['needs its base URL'] : []),
    limitWords(limits),
    ...(window ? [window] : []),
    price,
  ];
}

export function limitWords({ requests, bytes }: Preset['limits']): string {
  const words = [
    requests !== null && `${requests.toLocaleString('en-US')} requests`,
    bytes !== null && bytesAsText(bytes),
  ].filter((word) => word !== false);
  return words.length === 0 ? 'limits not known' : words.join(', ');
}

export function discountWords(discount: number): string {
  if (discount === 0) return 'real-time price';
  return discount === 0.5 ? 'half price' : `${Math.round(discount * 100)} % off`;
}
