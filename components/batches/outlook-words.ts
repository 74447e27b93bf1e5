import { type Format, formatNumber, formatRange } from '#lib/format';
import { type Batch, settledOf } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { movedAt } from './status-words.ts';

type Pace = Pick<Batch, 'phase' | 'counts' | 'countsAre' | 'times' | 'parts'>;

const hour = 3_600_000;

/** `120 a minute`, from its start to its last change; nothing where the provider counts only at the end. */
export function rateWords(batch: Pace, format: Format): string | null {
  const perHour = ratePerHour(batch);
  if (perHour === null) return null;
  if (perHour < 1) return 'less than one an hour';
  return perHour < 100
    ? `${formatNumber(Math.round(perHour), format)} an hour`
    : `${formatNumber(Math.round(perHour / 60), format)} a minute`;
}

function ratePerHour({ phase, counts, countsAre, times, parts }: Pace): number | null {
  const moved = movedAt({ parts });
  const settled = settledOf(counts);
  if (phase !== 'running' || countsAre !== 'live' || settled === 0) return null;
  if (moved === null || times.started === null) return null;
  const span = Date.parse(moved) - Date.parse(times.started);
  return span > 0 ? (settled * hour) / span : null;
}

/** What the forecast means for the time the provider gives. Without a forecast nothing is said. */
export function deadlineWords({ phase, eta, times }: Pick<Batch, 'phase' | 'eta' | 'times'>): {
  words: string;
  risky: boolean;
} | null {
  if (isOver(phase) || eta === null || times.expires === null) return null;
  const due = Date.parse(times.expires);
  if (Date.parse(eta.to) <= due) return { words: 'in time', risky: false };
  return Date.parse(eta.from) > due
    ? { words: 'probably too late', risky: true }
    : { words: 'it may be too late', risky: true };
}

/** What the range was taken from, where it was not the batch's own pace. */
export function historyWords({ eta, times }: Pick<Batch, 'eta' | 'times'>): string | null {
  if (eta?.basis !== 'history' || times.submitted === null) return null;
  const sent = Date.parse(times.submitted);
  const took = formatRange(Date.parse(eta.from) - sent, Date.parse(eta.to) - sent);
  return `Batches of this size took ${took} here (${eta.seen} so far).`;
}
