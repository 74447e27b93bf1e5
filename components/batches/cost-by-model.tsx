import { Money, Num } from '#components/ui/num';
import { Td, Th, Tr } from '#components/ui/table';
import type { Batch } from '#lib/model/batch';

/** Each model with the list price it was found under. */
export function CostByModel({ spent, cost }: Pick<Batch, 'spent' | 'cost'>) {
  if (spent.length === 0) return null;
  const currency = cost?.currency ?? 'USD';
  return (
    <section aria-label="Cost by model" className="grid gap-3">
      <h2 className="font-semibold">{cost?.source === 'demo' ? 'Demo cost by model' : 'Cost by model'}</h2>
      {cost?.source === 'provider' && (
        <p className="text-muted text-sm">
          The provider’s own bill is <Money amount={cost.amount} currency={currency} />. By model it is told
          by list prices.
        </p>
      )}
      <table className="w-full text-sm [overflow-wrap:anywhere]">
        <thead>
          <tr className="text-left">
            <Th className="pl-0">Model</Th>
            <Th>Price of</Th>
            <Th className="text-right max-md:hidden">Answers</Th>
            <Th className="text-right max-md:hidden">Tokens in</Th>
            <Th className="text-right max-md:hidden">Tokens out</Th>
            <Th className="text-right">Real time</Th>
            <Th className="pr-0 text-right">Cost</Th>
          </tr>
        </thead>
        <tbody>
          {spent.map((model) => (
            <Tr key={model.model}>
              <Td className="pl-0 font-mono text-xs [overflow-wrap:anywhere]">{model.model}</Td>
              <Td className="text-muted">{model.pricedAs ?? (model.cost === null ? 'not known' : '–')}</Td>
              <Td className="text-right max-md:hidden">
                <Num value={model.answers} />
              </Td>
              <Td className="text-right max-md:hidden">
                <Num value={model.input} />
              </Td>
              <Td className="text-right max-md:hidden">
                <Num value={model.output} />
              </Td>
              <Td className="text-right text-muted">
                {model.realTime ? <Money amount={model.realTime} currency={currency} /> : '–'}
              </Td>
              <Td className="pr-0 text-right">
                {model.cost ? <Money amount={model.cost} currency={currency} /> : 'not known'}
              </Td>
            </Tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
