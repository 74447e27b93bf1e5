import 'server-only';
import { calcPrice, type ModelPrice, type PriceCalculation } from '@pydantic/genai-prices';
import type { PriceList } from '#lib/model/preset';
import type { Rate, Rates } from '#lib/pricing/rates';

/** The list price a model was found under. */
export type Priced = { model: string; vendor: string; rates: Rates };

/**
 * A model's list price in real time. Its name is tried as it was given, then without the vendor before it and without
 * `-batch` behind it. Null where no list has it: nothing is guessed from a name that is only alike.
 */
export function priceOf(model: string, list: PriceList): Priced | null {
  if (list === null) return null;
  for (const name of spellings(model)) {
    for (const vendor of list === 'vendor' ? vendorsOf(model) : [list]) {
      const found = calcPrice({ input_tokens: 1 }, name, { providerId: vendor });
      const rates = found && ratesOf(found);
      if (rates) return { model: found.model.id, vendor: found.provider.name, rates };
    }
  }
  return null;
}

function spellings(model: string): string[] {
  const bare = model.slice(model.indexOf('/') + 1);
  return [...new Set([model, bare, withoutSuffix(model), withoutSuffix(bare)])];
}

function withoutSuffix(name: string): string {
  return name.replace(/-batch$/, '');
}

const vendors: Record<string, string> = {
  mistralai: 'mistral',
  'deepseek-ai': 'deepseek',
  'google-ai-studio': 'google',
  xai: 'x-ai',
};

/** A gateway charges what the vendor does, who is named before the model or known by its name. */
function vendorsOf(model: string): (string | undefined)[] {
  const [before = ''] = model.includes('/') ? model.toLowerCase().split('/') : [];
  return before === '' ? [undefined] : [Object.hasOwn(vendors, before) ? vendors[before] : before];
}

/** From dollars a million tokens. What is also charged by the request is not told by its tokens. */
function ratesOf({ model_price: price }: PriceCalculation): Rates | null {
  const input = rateOf(price, 'input_mtok');
  if (input === null || price.requests_kcount !== undefined) return null;
  return {
    input,
    output: rateOf(price, 'output_mtok'),
    cachedRead: rateOf(price, 'cache_read_mtok') ?? input,
    cacheWrite: rateOf(price, 'cache_write_mtok') ?? input,
  };
}

function rateOf(price: ModelPrice, key: string): Rate | null {
  const given = price[key];
  if (given === undefined) return null;
  if (typeof given === 'number') return given * 1_000;
  const tiers = given.tiers.map((tier) => ({ start: tier.start, price: tier.price * 1_000 }));
  return { base: given.base * 1_000, tiers };
}
