/** What was spent over one connection in one month (UTC), by when its batches were sent. */
export type Spending = {
  /** `2026-11` */
  month: string;
  connection: { id: string; name: string };
  batches: number;
  amount: string;
  currency: string;
  saved: string | null;
  /** Some of it is reckoned from list prices. */
  estimated: boolean;
  /** Answers whose price is not known; they are in no sum. */
  unpriced: number;
};
