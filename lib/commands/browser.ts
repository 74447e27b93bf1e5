import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright';

export type Browser = { from: string; executablePath: string; args: string[]; env?: Record<string, string> };

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Playwright's own browser, else the system's, else the one that comes as an npm package. */
export async function findBrowser(wanted = process.env.E2E_BROWSER): Promise<Browser> {
  const own = chromium.executablePath();
  if (!wanted && existsSync(own)) return { from: 'playwright', executablePath: own, args };
  const system = systemChromium();
  if (wanted !== 'package' && system) return { from: 'system', executablePath: system, args };
  return packagedChromium();
}

function systemChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const macs = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
  const found = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...found, ...macs].find((candidate) => existsSync(candidate));
}

/** The package unpacks into the temp folder, libraries that a bare machine lacks included. Unpacked aside, then renamed, so that two workers never see half a browser. */
async function packagedChromium(): Promise<Browser> {
  const { default: packaged, inflate } = await import('@sparticuz/chromium');
  const home = path.join(tmpdir(), `batchdeck-chromium-${process.getuid?.() ?? 0}`);
  if (!existsSync(path.join(home, 'chromium'))) {
    const aside = await mkdtemp(path.join(tmpdir(), 'batchdeck-unpack-'));
    const before = process.env.TMPDIR;
    process.env.TMPDIR = aside;
    try {
      await packaged.executablePath();
      await inflate(path.resolve('node_modules/@sparticuz/chromium/bin/al2023.tar.br'));
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
    await rename(aside, home).catch(() => rm(aside, { recursive: true, force: true }));
  }
  await mkdir(path.join(home, 'cache'), { recursive: true });
  await writeFile(path.join(home, 'fonts.conf'), fontsIn(path.join(home, 'fonts')));
  const env = {
    ...(process.env as Record<string, string>),
    LD_LIBRARY_PATH: path.join(home, 'al2023', 'lib'),
    FONTCONFIG_FILE: path.join(home, 'fonts.conf'),
    XDG_CACHE_HOME: path.join(home, 'cache'),
  };
  return { from: 'package', executablePath: path.join(home, 'chromium'), args, env };
}

/** The package's own settings name folders of another place; without a font a page has no text at all. */
function fontsIn(folder: string): string {
  const dirs = [folder, '/usr/share/fonts'].map((dir) => `<dir>${dir}</dir>`).join('');
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${dirs}</fontconfig>`;
}
