import { examineJson } from '#lib/jsonl/examine-json';

/** Where a text stops being JSON, or where reading it would change it; null where it is fine. */
export function jsonProblem(text: string): string | null {
  const { broken, tooDeep, duplicateKeys, unsafeNumber } = examineJson(text);
  const at = (index: number) => {
    const lines = text.slice(0, index).split('\n');
    return `Line ${lines.length}, column ${[...(lines.at(-1) ?? '')].length + 1}`;
  };
  if (broken) return `${at(broken.at)}: ${broken.message}.`;
  if (tooDeep !== null) return `${at(tooDeep)}: nested too deep.`;
  const [twice] = duplicateKeys;
  if (twice) return `${at(twice.at)}: the key \`${twice.key}\` stands twice in one object.`;
  if (unsafeNumber) {
    return `${at(unsafeNumber.at)}: many programs would change the number ${unsafeNumber.literal.slice(0, 40)}.`;
  }
  return null;
}
