import type { Metadata } from 'next';
import { ConnectionList } from '#components/connections/connection-list';
import { Page } from '#components/shell/page';
import { requireMember } from '#lib/auth/current-user';
import { whoAmI } from '#lib/auth/who-am-i';
import { listConnections } from '#lib/connections/list-connections';
import { may } from '#lib/model/role';
import { paths } from '#lib/paths';

export const metadata: Metadata = { title: 'Connections' };

export default async function ConnectionsPage() {
  const ctx = await requireMember(paths.connections);
  const first = await listConnections(ctx);
  const { role } = whoAmI(ctx).me;
  return (
    <Page>
      <ConnectionList
        first={first}
        renderedAt={Date.now()}
        mayOperate={may(role, 'operate')}
        mayChange={may(role, 'administer')}
      />
    </Page>
  );
}
