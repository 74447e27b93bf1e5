import 'server-only';
import type { PriceList } from '#lib/model/preset';
import type { ModelSpend } from '#lib/model/spend';
import type { Usage } from '#lib/model/usage';
import { listPrice } from '#lib/pricing/rates';
import type { priceOf } from '#lib/results/price-book';
import { type AnswerCells, cell } from './answer-cells.ts';

/** By what an answer is priced that does not say itself what it cost. */
export type Tariff = { list: PriceList; discount: number };
export type PriceBook = typeof priceOf;

/** Beyond so many models no more are told apart. */
const mostModels = 100;

/** Counts what answers cost, model by model, and writes it into their cells. */
export class Till {
  readonly #spent: Map<string, ModelSpend>;
  readonly #tariff: Tariff;
  readonly #priced: (model: string) => ReturnType<PriceBook>;

  constructor(tariff: Tariff, book: PriceBook, before: ModelSpend[] = []) {
    const known = new Map<string, ReturnType<PriceBook>>();
    this.#tariff = tariff;
    this.#spent = new Map(before.map((model) => [model.model, { ...model }]));
    this.#priced = (model) => {
      const price = known.has(model) ? (known.get(model) ?? null) : book(model, tariff.list);
      known.set(model, price);
      return price;
    };
  }

  /** The model an answer names is what was used; where its price is not known, that of the one asked for holds. */
  ring(cells: AnswerCells, named: string | null, asked: string | null): void {
    const usage = usageIn(cells);
    const own = cells[cell.cost_nano];
    if (usage.total === null && typeof own !== 'number') return;
    const spent = this.#of(named ?? asked ?? 'not named');
    spent.answers += 1;
    spent.input += usage.input ?? 0;
    spent.output += usage.output ?? 0;
    if (typeof own === 'number') {
      spent.costNano += own;
      return;
    }
    const price = this.#price(named) ?? this.#price(asked);
    const list = price && listPrice(usage, price.rates);
    if (list === null) {
      spent.unpriced += 1;
      return;
    }
    const cost = Math.round(list * (1 - this.#tariff.discount));
    cells[cell.cost_nano] = cost;
    spent.pricedAs = price && `${price.model} (${price.vendor})`;
    spent.costNano += cost;
    spent.listNano += list;
  }

  /** The dearest first. */
  spent(): ModelSpend[] {
    return [...this.#spent.values()].sort((a, b) => b.costNano - a.costNano || b.answers - a.answers);
  }

  #price(model: string | null): ReturnType<PriceBook> {
    return model === null ? null : this.#priced(model);
  }

  #of(model: string): ModelSpend {
    const name = this.#spent.has(model) || this.#spent.size < mostModels ? model : 'other';
    const spent = this.#spent.get(name) ?? { model: name, ...nothing };
    this.#spent.set(name, spent);
    return spent;
  }
}

const nothing = {
  pricedAs: null,
  answers: 0,
  input: 0,
  output: 0,
  costNano: 0,
  listNano: 0,
  unpriced: 0,
};

function usageIn(cells: AnswerCells): Usage {
  const count = (at: number) => (typeof cells[at] === 'number' ? cells[at] : null);
  return {
    input: count(cell.input),
    output: count(cell.output),
    cachedRead: count(cell.cached_read),
    cacheWrite: count(cell.cache_write),
    reasoning: count(cell.reasoning),
    total: count(cell.total),
  };
}
