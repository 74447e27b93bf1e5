'use client';
import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { signOut } from '#components/shell/sign-out';
import { Button } from '#components/ui/button';
import { useToast } from '#components/ui/toast';

export function SignOutButton() {
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  async function leave() {
    setBusy(true);
    try {
      await signOut();
    } catch (error) {
      toast({ title: error instanceof Error ? error.message : 'Signing out failed.', tone: 'bad' });
      setBusy(false);
    }
  }
  return (
    <Button icon={<LogOut aria-hidden />} busy={busy} onClick={leave}>
      Sign out
    </Button>
  );
}
