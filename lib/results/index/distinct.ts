import 'server-only';

/** Numbers what is met again and again, from 1 in the order of its first coming. */
export class Distinct<T> {
  readonly list: T[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(key: string, value: T): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.list.push(value);
    this.#numbers.set(key, number);
    return number;
  }
}
