import { Bytes } from '#components/ui/num';
import type { Install } from '#lib/model/install';
import { SettingRow } from './setting-row.tsx';

export function InstallFacts({ install }: { install: Install }) {
  return (
    <>
      <SettingRow name="Version">
        <span className="tabular font-mono text-sm">{install.version}</span>
      </SettingRow>
      <SettingRow
        name="Address"
        help={
          install.loopback
            ? 'Only this machine reaches it. Set APP_URL to share links with others.'
            : undefined
        }
      >
        <span className="break-all font-mono text-sm">{install.address}</span>
      </SettingRow>
      <SettingRow name="Storage" help={install.dataFolder && `in ${install.dataFolder}`}>
        <span className="text-sm">{install.storage}</span>
      </SettingRow>
      <SettingRow name="Largest file">
        <Bytes value={install.maxFileBytes} className="text-sm" />
      </SettingRow>
      <SettingRow name="Sandbox" help="The built-in provider that needs no key and costs nothing.">
        <span className="text-sm">{install.sandbox ? 'on' : 'off'}</span>
      </SettingRow>
      <SettingRow name="Node">
        <span className="tabular font-mono text-sm">{install.node}</span>
      </SettingRow>
    </>
  );
}
