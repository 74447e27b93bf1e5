import type { NewConnection } from '#lib/model/connection.schema';

/** How the walk speaks to the provider. A dialect that is to be walked is one more entry. */
export type Way = {
  /** What a person would enter on the connections page; null for the one a fresh install has. */
  connection: NewConnection | null;
  line: (id: string, content: string) => object;
  /** The path of a create in the provider's journal. */
  creates: string;
  /** What the provider wrote for one of its batches, by its own door. */
  results: (ask: Ask, id: string) => Promise<string>;
  /** The points after which the provider may have it, and whether looking tells. What it does not tell a person is asked. */
  doubtAfter: string[];
  findable: boolean;
};

export type Ask = (path: string) => Promise<string>;

const chat = (content: string) => ({
  model: 'sandbox/instant',
  max_tokens: 16,
  messages: [{ role: 'user', content }],
});

export const ways: Record<string, Way> = {
  inline: {
    connection: null,
    line: (custom_id, content) => ({ custom_id, params: chat(content) }),
    creates: '/v1/batches',
    results: (ask, id) => ask(`/v1/batches/${id}`),
    doubtAfter: ['create-sent'],
    findable: true,
  },
  openai: {
    connection: { name: 'Walk', preset: 'sandbox', dialect: 'openai' },
    line: (custom_id, content) => ({
      custom_id,
      method: 'POST',
      url: '/v1/chat/completions',
      body: chat(content),
    }),
    creates: '/v1/batches',
    async results(ask, id) {
      const { output_file_id } = JSON.parse(await ask(`/v1/batches/${id}`)) as { output_file_id: string };
      return ask(`/v1/files/${output_file_id}/content`);
    },
    doubtAfter: ['create-sent'],
    findable: true,
  },
  anthropic: {
    connection: { name: 'Walk', preset: 'sandbox', dialect: 'anthropic' },
    line: (custom_id, content) => ({ custom_id, params: chat(content) }),
    creates: '/v1/messages/batches',
    results: (ask, id) => ask(`/v1/messages/batches/${id}/results`),
    doubtAfter: ['create-sent'],
    findable: true,
  },
};

export function wayNamed(name: string): Way {
  const way = ways[name];
  if (!way) throw new Error(`There is no way of walking named ${name}.`);
  return way;
}
