/** What the answers of one model have come to. Money is in nano-units, as in the store. */
export type ModelSpend = {
  model: string;
  /** The list price it was found under, like `gpt-4o-mini (OpenAI)`; null where none is known, or none was needed. */
  pricedAs: string | null;
  answers: number;
  input: number;
  output: number;
  costNano: number;
  /** What the same would have cost in real time. */
  listNano: number;
  /** Answers whose price is not known: they are in no sum. */
  unpriced: number;
};

/** The same, summed over the models of a batch. */
export function sumOf(models: ModelSpend[], name: 'costNano' | 'listNano' | 'unpriced'): number {
  return models.reduce((sum, model) => sum + model[name], 0);
}

/** The same on the wire; a cost is null where none of the answers has a known price. */
export type ModelCost = Pick<
  ModelSpend,
  'model' | 'pricedAs' | 'answers' | 'input' | 'output' | 'unpriced'
> & {
  cost: string | null;
  realTime: string | null;
};
