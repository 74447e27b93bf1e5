/** Money is integer nano-units (1e-9) of a currency in store and index, a decimal string on the wire. */
export type Cost = {
  amount: string;
  currency: string;
  /** `demo` is the sandbox's: a labelled price that nobody pays. */
  source: 'provider' | 'estimate' | 'demo';
  saved: string | null;
};

export function nanoToDecimal(nano: number): string {
  const sign = nano < 0 ? '-' : '';
  const digits = Math.abs(nano).toString().padStart(10, '0');
  const fraction = digits.slice(-9).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -9)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Null for anything that is not a plain decimal: a provider's words are not trusted to be a price. */
export function decimalToNano(text: string): number | null {
  const match = /^(-?)(\d{1,6})(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const [, sign, whole, fraction = ''] = match;
  const nano = Number(whole) * 1e9 + Number(fraction.slice(0, 9).padEnd(9, '0'));
  return sign === '-' ? -nano : nano;
}
