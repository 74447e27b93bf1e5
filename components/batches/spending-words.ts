import { decimalToNano, nanoToDecimal } from '#lib/model/money';
import type { Spending } from '#lib/model/spending';

const names = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'],
  ...['November', 'December'],
];

/** `2026-11` → `November` */
export function monthName(month: string): string {
  return names[Number(month.slice(5)) - 1] ?? month;
}

/** All connections together. */
export function sumOf(spending: Spending[]): { amount: string; saved: string | null; unpriced: number } {
  const nano = (texts: (string | null)[]) =>
    texts.reduce((sum, text) => sum + (text === null ? 0 : (decimalToNano(text) ?? 0)), 0);
  const saved = nano(spending.map((one) => one.saved));
  return {
    amount: nanoToDecimal(nano(spending.map((one) => one.amount))),
    saved: saved > 0 ? nanoToDecimal(saved) : null,
    unpriced: spending.reduce((sum, one) => sum + one.unpriced, 0),
  };
}
