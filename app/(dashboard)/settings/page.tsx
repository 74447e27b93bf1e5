import type { Metadata } from 'next';
import { Appearance } from '#components/settings/appearance';
import { InstallFacts } from '#components/settings/install-facts';
import { SettingGroup, SettingRow } from '#components/settings/setting-row';
import { SignOutButton } from '#components/settings/sign-out-button';
import { Page } from '#components/shell/page';
import { PageHeader } from '#components/shell/page-header';
import { Band } from '#components/ui/band';
import { requireMember } from '#lib/auth/current-user';
import { whoAmI } from '#lib/auth/who-am-i';
import { describeInstall } from '#lib/members/describe-install';
import { paths } from '#lib/paths';

export const metadata: Metadata = { title: 'Settings' };

const rights = {
  viewer: 'Viewer: reads and downloads.',
  operator: 'Operator: reads, composes, sends, cancels and shares.',
  admin: 'Admin: everything, connections and their keys too.',
};

export default async function SettingsPage() {
  const ctx = await requireMember(paths.settings);
  const { me, warning } = whoAmI(ctx);
  const install = await describeInstall(ctx);
  return (
    <Page narrow>
      <PageHeader title="Settings" meaning="You, this browser, and this install." />
      {warning && (
        <Band tone="warn" className="mb-6">
          {warning}
        </Band>
      )}
      <SettingGroup title="Account">
        <SettingRow name={me.name} help={rights[me.role]}>
          <SignOutButton />
        </SettingRow>
      </SettingGroup>
      <SettingGroup title="Appearance">
        <Appearance />
      </SettingGroup>
      <SettingGroup title="This install">
        <InstallFacts install={install} />
      </SettingGroup>
    </Page>
  );
}
