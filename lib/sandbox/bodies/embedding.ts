import 'server-only';
import { createHash } from 'node:crypto';
import { asList, asNumber } from '#lib/model/unknown';
import { tokensIn } from '#lib/sandbox/models/tokens';
import type { BodyOf } from './body.ts';

/** Vectors of length one that follow from the text: the same text, the same place. */
export const embeddingBody: BodyOf = ({ params }) => {
  const inputs = asList(params.input) ?? [params.input];
  const many = asList(params.input)?.every((item) => typeof item === 'number') ? [params.input] : inputs;
  const texts = many.map((item) => (typeof item === 'string' ? item : JSON.stringify(item ?? '')));
  const dimensions = Math.min(4_096, Math.max(1, Math.floor(asNumber(params.dimensions) ?? 256)));
  const total = texts.reduce((sum, text) => sum + tokensIn(text), 0);
  return {
    object: 'list',
    data: texts.map((text, index) => {
      const vector = vectorOf(text, dimensions);
      const embedding = params.encoding_format === 'base64' ? base64Of(vector) : vector;
      return { object: 'embedding', index, embedding };
    }),
    model: params.model,
    usage: { prompt_tokens: total, total_tokens: total },
  };
};

function vectorOf(text: string, dimensions: number): number[] {
  const seed = createHash('sha256').update(text).digest();
  const values = Array.from({ length: dimensions }, (_, i) => {
    const byte = seed[i % seed.length] ?? 0;
    return Math.sin((i + 1) * (byte + 1));
  });
  const length = Math.hypot(...values) || 1;
  return values.map((value) => Number((value / length).toFixed(8)));
}

function base64Of(vector: number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString('base64');
}
