'use client';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '#components/ui/icon-button';
import { Num } from '#components/ui/num';
import type { Connection } from '#lib/model/connection';
import { sandboxFaults } from '#lib/model/sandbox-faults';
import { bytesAsText } from './byte-words.ts';
import { EditConnectionDialog } from './edit-connection-dialog.tsx';
import { discountWords } from './preset-groups.ts';
import { Row, Section } from './section.tsx';

/** Limits and price, and what is sent along. All of it can be edited. */
export function ConnectionTerms({ connection, mayChange }: { connection: Connection; mayChange: boolean }) {
  const [editing, setEditing] = useState(false);
  const { limits, discount, completionWindow, headers, keyHeader, key } = connection;
  const { route } = connection.capabilities;
  return (
    <Section
      title="Limits and terms"
      aside={
        mayChange && (
          <IconButton size="sm" label="Edit limits and terms" onClick={() => setEditing(true)}>
            <Pencil aria-hidden />
          </IconButton>
        )
      }
    >
      <dl>
        <Row name="Requests in a batch">
          {limits.requests === null ? 'no limit set' : <Num value={limits.requests} />}
        </Row>
        <Row name="Bytes in a batch">
          {limits.bytes === null ? 'no limit set' : bytesAsText(limits.bytes)}
        </Row>
        {limits.customIdPattern && (
          <Row name="custom_id">
            <code className="font-mono text-xs">{limits.customIdPattern}</code>
          </Row>
        )}
        <Row name="Price">{discount === null ? 'discount not known' : priceWords(discount)}</Row>
        <Row name="Window asked for">{completionWindow ?? 'as the provider has it'}</Row>
        {key && (
          <Row name="Key">
            in <code className="font-mono text-xs">{keyHeader}</code>, fingerprint{' '}
            <code className="font-mono text-xs">{key.fingerprint}</code>
          </Row>
        )}
        {Object.entries(headers).map(([name, value]) => (
          <Row key={name} name={name === route?.header ? 'Provider' : name}>
            <code className="font-mono text-xs">{value}</code>
            <Misbehavior name={value} />
          </Row>
        ))}
      </dl>
      {editing && <EditConnectionDialog connection={connection} atTerms onClose={() => setEditing(false)} />}
    </Section>
  );
}

function Misbehavior({ name }: { name: string }) {
  const fault = sandboxFaults.find((one) => one.name === name);
  return fault ? <p className="text-muted">{fault.about}</p> : null;
}

function priceWords(discount: number): string {
  if (discount === 0) return 'the real-time price';
  return discount === 0.5 ? 'half the real-time price' : `${discountWords(discount)} real time`;
}
