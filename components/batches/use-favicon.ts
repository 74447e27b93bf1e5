'use client';
import { useEffect } from 'react';

/** Draws how far a batch is into the icon of its tab; the usual one comes back with the last page. */
export function useFavicon(progress: number | null, tone: 'working' | 'good' | 'bad' | 'asking'): void {
  useEffect(() => {
    const icon = document.createElement('link');
    icon.rel = 'icon';
    icon.type = 'image/svg+xml';
    icon.href = `data:image/svg+xml,${encodeURIComponent(faviconOf(progress, tone))}`;
    document.head.append(icon);
    return () => icon.remove();
  }, [progress, tone]);
}

const colors = { working: '#0ea5e9', good: '#16a34a', bad: '#dc2626', asking: '#d97706' };
const round = 2 * Math.PI * 13;

/** A ring that fills; while nobody counts it is a quarter. */
export function faviconOf(progress: number | null, tone: keyof typeof colors): string {
  const filled = (round * (progress ?? 25)) / 100;
  const ring = (color: string, dashes: string) =>
    `<circle cx="16" cy="16" r="13" fill="none" stroke="${color}" stroke-width="6" ${dashes}/>`;
  const arc = `stroke-dasharray="${filled.toFixed(1)} ${round.toFixed(1)}" transform="rotate(-90 16 16)"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${ring('#8a857f', 'opacity=".4"')}${ring(colors[tone], arc)}</svg>`;
}
