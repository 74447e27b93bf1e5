'use client';
import { useEffect } from 'react';
import { getJson } from '#lib/api-client';
import { apiPaths } from '#lib/paths';

const key = 'batchdeck-loaded-anew';
const pauseMs = 60_000;

/**
 * A part of the page that the server no longer has belonged to an old build: the tab is loaded anew, once a minute at
 * most, and only when the server answers.
 */
export function useFreshBuild(error: Error): void {
  useEffect(() => {
    if (error.name !== 'ChunkLoadError') return;
    if (Date.now() - Number(sessionStorage.getItem(key)) < pauseMs) return;
    getJson(apiPaths.health).then(
      () => {
        sessionStorage.setItem(key, String(Date.now()));
        location.reload();
      },
      () => {},
    );
  }, [error]);
}
