import type { Capabilities } from '#lib/model/capabilities';
import { capabilityWords } from './capability-words.ts';
import { Row, Section } from './section.tsx';

/** What its provider can do, in words. */
export function CapabilityList({ capabilities }: { capabilities: Capabilities }) {
  return (
    <Section title="What it can do">
      <dl>
        {capabilityWords(capabilities).map(({ name, words }) => (
          <Row key={name} name={name}>
            {name === 'Endpoints' ? <code className="font-mono text-xs">{words}</code> : words}
          </Row>
        ))}
      </dl>
    </Section>
  );
}
