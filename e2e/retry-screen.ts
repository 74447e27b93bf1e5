import type { Page } from 'playwright/test';
import { type Api, lines } from './api.ts';

/** Of thirty of these two fail, each in its own way, one expires and one is never answered. */
const some = () => lines(30, 'sandbox/flaky');

export async function finished(api: Api, name: string, rows = some()): Promise<string> {
  const { id } = await api.create(rows, name);
  await api.over(id);
  return id;
}

export const resultRow = (page: Page, id: string) =>
  page.getByRole('table', { name: 'Results' }).getByRole('row').filter({ hasText: id });

/** The box as it is seen: its input is one point wide. */
export const chooseBox = (page: Page, id: string) =>
  resultRow(page, id)
    .locator('label')
    .filter({ hasText: new RegExp(`^Choose ${id}$`) });

export const retryButton = (page: Page) => page.getByRole('button', { name: 'Retry failed' });
