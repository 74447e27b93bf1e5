import type { Metadata } from 'next';
import { AddConnection } from '#components/connections/add-connection';
import { ConnectionList } from '#components/connections/connection-list';
import { Page } from '#components/shell/page';
import { PageHeader } from '#components/shell/page-header';
import { requireMember } from '#lib/auth/current-user';
import { whoAmI } from '#lib/auth/who-am-i';
import { listConnections } from '#lib/connections/list-connections';
import { may } from '#lib/model/role';
import { paths } from '#lib/paths';

export const metadata: Metadata = { title: 'Connections' };

export default async function ConnectionsPage() {
  const ctx = await requireMember(paths.connections);
  const connections = await listConnections(ctx);
  const mayChange = may(whoAmI(ctx).me.role, 'administer');
  return (
    <Page>
      <PageHeader
        title="Connections"
        meaning="Where requests go and which key pays. Keys are sealed: nobody sees them again, here or in a log."
        actions={<AddConnection mayChange={mayChange} taken={connections.map(({ name }) => name)} />}
      />
      <ConnectionList connections={connections} mayChange={mayChange} />
    </Page>
  );
}
