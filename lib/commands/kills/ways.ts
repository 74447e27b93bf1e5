import type { NewConnection } from '#lib/model/connection.schema';

/** How the walk speaks to the provider. A dialect that is to be walked is one more entry. */
export type Way = {
  /** What a person would enter on the connections page; null for the one a fresh install has. */
  connection: NewConnection | null;
  line: (id: string, content: string) => object;
  /** The path of a create in the provider's journal. */
  creates: string;
  /** What the provider wrote for one of its batches, by asking it. */
  results: (ask: (path: string) => Promise<string>, id: string) => Promise<string>;
  /** The points after which the provider may have it, and whether looking tells. What it does not tell a person is asked. */
  doubtAfter: string[];
  findable: boolean;
};

export const ways: Record<string, Way> = {
  inline: {
    connection: null,
    line: (custom_id, content) => ({
      custom_id,
      params: { model: 'sandbox/instant', max_tokens: 16, messages: [{ role: 'user', content }] },
    }),
    creates: '/v1/batches',
    results: (ask, id) => ask(`/v1/batches/${id}`),
    doubtAfter: ['create-sent'],
    findable: true,
  },
};

export function wayNamed(name: string): Way {
  const way = ways[name];
  if (!way) throw new Error(`There is no way of walking named ${name}.`);
  return way;
}
