import { calcPrice } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { listPrice } from '#lib/pricing/rates';
import { priceOf } from './price-book.ts';

const usage = { input: 1_000, output: 100, cachedRead: 400, cacheWrite: null, reasoning: 50, total: 1_100 };

describe('a price', () => {
  it('is found for the names that providers’ own documents use', () => {
    for (const name of ['gpt-4o-mini-batch', 'openai/gpt-4o-mini-batch', 'openai/gpt-4o-mini', 'gpt-4o-mini'])
      expect(priceOf(name, 'vendor'), name).toMatchObject({ model: 'gpt-4o-mini', vendor: 'OpenAI' });
  });

  it('is that of the list of whoever is called', () => {
    expect(priceOf('gpt-4o-2024-08-06', 'azure')).toMatchObject({
      model: 'gpt-4o',
      vendor: 'Microsoft Azure',
    });
    expect(priceOf('claude-sonnet-4-20250514', 'anthropic')?.vendor).toBe('Anthropic');
    expect(priceOf('gpt-4o-mini', 'anthropic')).toBeNull();
  });

  it('is not guessed, and not known where nobody publishes one', () => {
    for (const name of [
      'sandbox/instant',
      'my-gpt-4o-mini',
      'nobody/gpt-4o-mini',
      '',
      '/',
      '__proto__/gpt-4o',
      'm',
    ])
      expect(priceOf(name, 'vendor'), name).toBeNull();
    expect(priceOf('gpt-4o-mini', null)).toBeNull();
  });
});

describe('what an answer costs', () => {
  it('is what the book itself reckons, long requests and cached tokens too', () => {
    const cases = [
      ['gpt-4o-mini', 'openai', usage],
      ['claude-sonnet-4-5', 'anthropic', { ...usage, cacheWrite: 100 }],
      ['claude-sonnet-4-5', 'anthropic', { ...usage, input: 200_001 }],
      ['claude-sonnet-4-5', 'anthropic', { ...usage, input: 200_000 }],
      ['text-embedding-3-small', 'openai', { ...usage, output: 0 }],
    ] as const;
    for (const [model, list, used] of cases) {
      const priced = priceOf(model, list);
      const counts = {
        input_tokens: used.input,
        output_tokens: used.output,
        cache_read_tokens: used.cachedRead,
        cache_write_tokens: used.cacheWrite ?? 0,
      };
      const book = calcPrice(counts, model, { providerId: list })?.total_price ?? -1;
      expect(priced && listPrice(used, priced.rates), model).toBe(Math.round(book * 1e9));
    }
  });

  it('is not known without both counts, nor where a kind of token has no price', () => {
    const rates = { input: 10, output: null, cachedRead: 10, cacheWrite: 10 };
    expect(listPrice({ ...usage, output: 0 }, rates)).toBe(10_000);
    expect(listPrice(usage, rates)).toBeNull();
    expect(listPrice({ ...usage, input: null }, { ...rates, output: 1 })).toBeNull();
  });

  it('never counts more cached tokens than there were', () => {
    const rates = { input: 10, output: 0, cachedRead: 1, cacheWrite: 1 };
    expect(listPrice({ ...usage, input: 100, cachedRead: 400, cacheWrite: 9 }, rates)).toBe(100);
  });
});
