import { jsonl, lines } from './api.ts';
import { expect, test } from './fixtures.ts';

for (const place of ['Batches', 'Files']) {
  test(`what is searched for in ${place} goes with its address, and comes back with it`, async ({
    page,
    signIn,
    api,
  }) => {
    await api.create(lines(1), 'Sought batch');
    await api.upload(jsonl(lines(1)), 'sought file.jsonl');
    await signIn(page);
    await page.goto(`/${place.toLowerCase()}`);
    const search = page.getByRole('searchbox', { name: `Search ${place.toLowerCase()}` });
    const found = page.getByRole('list', { name: place, exact: true }).getByRole('listitem');
    await search.fill('sought');
    await expect(page).toHaveURL(/q=sought/);
    await expect(found.first()).toContainText(/sought/i);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place }).click();
    await expect(page).not.toHaveURL(/q=/);
    await expect(search).toHaveValue('');
    await page.goBack();
    await expect(search).toHaveValue('sought');
    await expect(page).toHaveURL(/q=sought/);
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await expect(page).not.toHaveURL(/q=/);
    await expect(search).toHaveValue('');
  });
}
