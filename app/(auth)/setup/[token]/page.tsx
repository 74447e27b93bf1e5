import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { SetupForm } from '#components/auth/setup-form';
import { SendSample } from '#components/batches/send-sample';
import { anyoneContext, currentContext } from '#lib/auth/current-user';
import { setupLinkIsOpen } from '#lib/members/find-setup-link';
import { paths } from '#lib/paths';

export const metadata: Metadata = { title: 'Set up' };

export default async function SetupPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  if (!(await setupLinkIsOpen(anyoneContext(), token))) {
    if (await currentContext()) redirect(paths.batches);
    notFound();
  }
  return <SetupForm token={token} sample={<SendSample look="accent" size="lg" />} />;
}
