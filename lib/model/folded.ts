/** Text without regard to capitals, to search by. The two small sigmas are one letter. */
export function folded(text: string): string {
  const small = text.toLowerCase();
  return small.includes('ς') ? small.replaceAll('ς', 'σ') : small;
}
