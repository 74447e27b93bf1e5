import type { Page } from 'playwright';
import { heapMb } from './tab.ts';

const stepPx = 50;
const frames = 300;
const traversals = 3;
const framesATraversal = 150;

/** How evenly a long list is drawn while it is scrolled, and what three ways through all of it leave behind. */
export async function scrolled(page: Page, box: string): Promise<number[]> {
  const gaps = await scrollBy(page, box, { frames, step: stepPx });
  const late = gaps.filter((gap) => gap > 32).length;
  const before = await heapMb(page);
  const rows = await traverse(page, box);
  return [mean(gaps), (100 * late) / gaps.length, (await heapMb(page)) - before, rows];
}

/** Down at the same pace for so many frames; answers how long each took. */
function scrollBy(page: Page, box: string, how: { frames: number; step: number }): Promise<number[]> {
  return page.evaluate(
    ({ box, frames, step }) =>
      new Promise<number[]>((resolve) => {
        const list = document.querySelector(box);
        const gaps: number[] = [];
        let before = performance.now();
        const draw = () => {
          const now = performance.now();
          gaps.push(now - before);
          before = now;
          if (!list || gaps.length === frames) return resolve(gaps);
          list.scrollTop += step;
          requestAnimationFrame(draw);
        };
        requestAnimationFrame(draw);
      }),
    { box, ...how },
  );
}

/** To the end and back again; answers the most rows that existed at once. */
function traverse(page: Page, box: string): Promise<number> {
  return page.evaluate(
    ({ box, traversals, frames }) =>
      new Promise<number>((resolve) => {
        const list = document.querySelector(box);
        let frame = 0;
        let most = 0;
        const draw = () => {
          if (!list || frame > traversals * frames) return resolve(most);
          const way = (frame % frames) / frames;
          const isBack = Math.floor(frame / frames) % 2 === 1;
          list.scrollTop = (isBack ? 1 - way : way) * (list.scrollHeight - list.clientHeight);
          most = Math.max(most, list.querySelectorAll('[data-row]').length);
          frame += 1;
          requestAnimationFrame(draw);
        };
        requestAnimationFrame(draw);
      }),
    { box, traversals, frames: framesATraversal },
  );
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
