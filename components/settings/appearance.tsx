'use client';
import { useDensity, useTheme } from '#components/shell/theme';
import { Choice } from './choice.tsx';
import { SettingRow } from './setting-row.tsx';

export function Appearance() {
  const [theme, setTheme] = useTheme();
  const [density, setDensity] = useDensity();
  return (
    <>
      <SettingRow name="Theme" help="Kept in this browser.">
        <Choice
          label="Theme"
          value={theme}
          onChange={setTheme}
          options={[
            { value: 'system', label: 'System' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
      </SettingRow>
      <SettingRow name="Density" help="How tall the rows of lists and tables are.">
        <Choice
          label="Density"
          value={density}
          onChange={setDensity}
          options={[
            { value: 'comfortable', label: 'Comfortable' },
            { value: 'compact', label: 'Compact' },
          ]}
        />
      </SettingRow>
    </>
  );
}
