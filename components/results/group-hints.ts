import type { ErrorGroup } from '#lib/model/result-facets';

type Known = Pick<ErrorGroup, 'outcome' | 'code' | 'httpStatus' | 'pattern'>;
type Rule = { fits: (group: Known) => boolean; hint: string };

const said = (words: RegExp) => (group: Known) => words.test(`${group.code ?? ''} ${group.pattern}`);
const answered =
  (from: number, to = from) =>
  ({ httpStatus }: Known) =>
    httpStatus !== null && httpStatus >= from && httpStatus <= to;
const ended = (outcome: ErrorGroup['outcome']) => (group: Known) => group.outcome === outcome;

/** The first that fits speaks. */
const rules: Rule[] = [
  {
    fits: ended('missing'),
    hint: 'The provider never answered these. A retry sends them once more.',
  },
  {
    fits: ended('expired'),
    hint: 'The time of the batch ran out before these were answered. A retry gets a new window.',
  },
  { fits: ended('cancelled'), hint: 'Somebody stopped the batch before these were answered.' },
  {
    fits: ended('unparseable'),
    hint: 'What came in their place cannot be read. The raw line is kept with each of them.',
  },
  {
    fits: said(/context.?length|maximum context|too many tokens|prompt is too long/i),
    hint: 'The prompt is longer than the model takes. Shorten it, or retry with a model that takes more.',
  },
  {
    fits: said(/content.?(filter|policy)|safety|moderation/i),
    hint: 'The provider declined to answer this content. Sending it again as it is seldom helps.',
  },
  {
    fits: (group) => said(/insufficient.?(quota|credit)|billing|no credit/i)(group) || answered(402)(group),
    hint: 'The account at the provider has no credit left. Add some there, then retry.',
  },
  {
    fits: (group) => said(/rate.?limit|too many requests|overloaded/i)(group) || answered(429)(group),
    hint: 'The provider had no room for these at that moment. A retry usually goes through.',
  },
  {
    fits: said(/model.?not.?found|unknown model|does not exist|not_found_error/i),
    hint: 'The provider does not know this model. Retry with another one.',
  },
  {
    fits: answered(401, 403),
    hint: 'The key may not do this. Look at the connection before anything is sent again.',
  },
  {
    fits: answered(400, 422),
    hint: 'The provider did not accept the request as it was. Change its parameters, then retry.',
  },
  { fits: answered(500, 599), hint: 'Something broke at the provider. A retry usually goes through.' },
];

export function hintFor(group: Known): string | null {
  return rules.find(({ fits }) => fits(group))?.hint ?? null;
}
