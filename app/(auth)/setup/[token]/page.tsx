import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { SetupForm } from '#components/auth/setup-form';
import { SendSample } from '#components/batches/send-sample';
import { anyoneContext } from '#lib/auth/current-user';
import { setupLinkIsOpen } from '#lib/members/find-setup-link';

export const metadata: Metadata = { title: 'Set up' };

export default async function SetupPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  if (!(await setupLinkIsOpen(anyoneContext(), token))) notFound();
  return <SetupForm token={token} sample={<SendSample look="accent" size="lg" />} />;
}
