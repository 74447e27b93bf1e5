/** How this reader writes numbers and times. Kept in a cookie, so that server and browser agree. */
export type Format = { locale: string; zone: string };

export const plainFormat: Format = { locale: 'en-US', zone: 'UTC' };

export function formatNumber(value: number, { locale }: Format): string {
  return numbers(locale, {}).format(value);
}

export function formatPercent(value: number, { locale }: Format): string {
  return numbers(locale, { style: 'percent', maximumFractionDigits: 0 }).format(value / 100);
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

export function formatBytes(bytes: number, { locale }: Format): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${numbers(locale, { maximumFractionDigits: digits }).format(value)} ${units[unit]}`;
}

/** Cents by default, and as many digits as a small price needs to be told from nothing. */
export function formatMoney(amount: string, currency: string, { locale }: Format): string {
  const value = Number(amount);
  if (!Number.isFinite(value)) return `${amount} ${currency}`;
  const small = value !== 0 && Math.abs(value) < 0.1;
  const digits = small
    ? { maximumSignificantDigits: 2 }
    : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  try {
    return numbers(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      ...digits,
    }).format(value);
  } catch {
    return `${amount} ${currency}`;
  }
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** At most two units, never seconds beside hours, hours up to two days: `4 s`, `40 min`, `24 h`, `2 d 3 h`. */
export function formatDuration(ms: number): string {
  const span = Math.max(0, ms);
  if (span < minute) return `${Math.floor(span / second)} s`;
  if (span < hour) return `${Math.floor(span / minute)} min`;
  if (span < 2 * day) return twoUnits(span, hour, 'h', minute, 'min');
  return twoUnits(span, day, 'd', hour, 'h');
}

/** `18–25 min`, `40 min – 1 h 10 min`. */
export function formatRange(fromMs: number, toMs: number): string {
  const from = formatDuration(fromMs);
  const to = formatDuration(toMs);
  if (from === to) return to;
  const [low, lowUnit, ...lowRest] = from.split(' ');
  const [, highUnit, ...highRest] = to.split(' ');
  const sameUnit = lowUnit === highUnit && lowRest.length === 0 && highRest.length === 0;
  return sameUnit ? `${low}–${to}` : `${from} – ${to}`;
}

/** `just now`, `4 min ago`, `in 2 h`, and a date once it is more than a week away. */
export function formatRelative(at: string | number | Date, now: number, format: Format): string {
  const ms = new Date(at).getTime();
  const gap = ms - now;
  const span = Math.abs(gap);
  if (span < 5 * second) return gap > second ? 'in a moment' : 'just now';
  if (span >= 7 * day) return formatDay(at, now, format);
  return gap < 0 ? `${oneUnit(span)} ago` : `in ${oneUnit(nearest(span))}`;
}

/** `4 m`, for narrow columns. */
export function formatAge(at: string | number | Date, now: number): string {
  return oneUnit(Math.max(0, now - new Date(at).getTime())).replace(' min', ' m');
}

/** To the second, with the zone named: what a tooltip owes. */
export function formatExact(at: string | number | Date, { locale, zone }: Format): string {
  return dates(locale, {
    timeZone: zone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(new Date(at));
}

/** `23:10`, with the day when it is not today. */
export function formatClock(at: string | number | Date, now: number, { locale, zone }: Format): string {
  const parts = { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const today = dayIn(zone, at) === dayIn(zone, now);
  return dates(locale, today ? parts : { ...parts, month: 'short', day: 'numeric' }).format(new Date(at));
}

function formatDay(at: string | number | Date, now: number, { locale, zone }: Format): string {
  const sameYear = dayIn(zone, at).slice(0, 4) === dayIn(zone, now).slice(0, 4);
  const year = sameYear ? {} : ({ year: 'numeric' } as const);
  return dates(locale, { timeZone: zone, month: 'short', day: 'numeric', ...year }).format(new Date(at));
}

function dayIn(zone: string, at: string | number | Date): string {
  return dates('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(at),
  );
}

/** What is still to come is rounded: a day that has just begun is no `23 h`. */
function nearest(span: number): number {
  const unit = [day, hour, minute].find((each) => span >= each) ?? second;
  return Math.round(span / unit) * unit;
}

function oneUnit(span: number): string {
  if (span < minute) return `${Math.floor(span / second)} s`;
  if (span < hour) return `${Math.floor(span / minute)} min`;
  if (span < day) return `${Math.floor(span / hour)} h`;
  return `${Math.floor(span / day)} d`;
}

function twoUnits(span: number, big: number, bigName: string, small: number, smallName: string): string {
  const whole = Math.floor(span / big);
  const rest = Math.floor((span % big) / small);
  return rest === 0 ? `${whole} ${bigName}` : `${whole} ${bigName} ${rest} ${smallName}`;
}

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numbers(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  const made = numberFormats.get(key) ?? new Intl.NumberFormat(locale, options);
  numberFormats.set(key, made);
  return made;
}

function dates(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const made = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  dateFormats.set(key, made);
  return made;
}
