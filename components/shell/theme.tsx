'use client';
import { useSyncExternalStore } from 'react';
import { type Density, type Theme, themes } from '#lib/model/preferences';
import { keepPreference } from './keep-preference.ts';

/** The chosen theme and density stand on `<html>`, where the server put them and the styles look. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(subscribe, themeNow, () => 'system' as const);
  return [theme, setTheme];
}

export function useDensity(): [Density, (density: Density) => void] {
  const density = useSyncExternalStore(subscribe, densityNow, () => 'comfortable' as const);
  return [density, setDensity];
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function themeNow(): Theme {
  return themes.find((theme) => theme === document.documentElement.dataset.theme) ?? 'system';
}

function densityNow(): Density {
  return document.documentElement.dataset.density === 'compact' ? 'compact' : 'comfortable';
}

function setTheme(theme: Theme): void {
  keepPreference('theme', theme);
  document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

function setDensity(density: Density): void {
  keepPreference('density', density);
  document.documentElement.dataset.density = density;
  for (const listener of listeners) listener();
}
