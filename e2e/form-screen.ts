import type { Page } from 'playwright/test';

/** Words of the form that several journeys say. */
export const json = (page: Page) => page.getByRole('textbox', { name: /^JSON of/ });
export const section = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
export const summary = (page: Page) => page.getByRole('complementary', { name: 'Summary' });
export const requestRows = (page: Page) =>
  page.getByRole('listbox', { name: 'Requests' }).getByRole('option');

export async function jsonOf(page: Page): Promise<Record<string, unknown>> {
  return JSON.parse(await json(page).inputValue()) as Record<string, unknown>;
}

/** Chooses from the menu beside a field or a turn. */
export async function more(page: Page, of: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `More about ${of}`, exact: true }).click();
  await page.getByRole('menuitem', { name: action }).click();
}
