process.env.NEXT_TELEMETRY_DISABLED ??= '1';

const everywhere = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
  { key: 'permissions-policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
];
const dataOnly = [{ key: 'content-security-policy', value: "default-src 'none'; frame-ancestors 'none'" }];
/** What is kept as a file is never a page, even when somebody opens it by its address. */
const downloads = [
  { key: 'content-security-policy', value: "sandbox; default-src 'none'; frame-ancestors 'none'" },
];
const sharedByLink = [
  { key: 'referrer-policy', value: 'no-referrer' },
  { key: 'x-robots-tag', value: 'noindex,nofollow,noarchive' },
  { key: 'cache-control', value: 'private, no-store' },
];

/** @type {import('next').NextConfig} */
const config = {
  // Of the same sources on every machine, so that a tab is at home on all of them; another one loads it anew.
  generateBuildId: () => process.env.BATCHDECK_BUILD_ID ?? null,
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  devIndicators: false,
  // Types are checked by `npm run typecheck`, which `npm test` runs.
  typescript: { ignoreBuildErrors: true },
  // Links are keys: the development log does not tell them.
  logging: { incomingRequests: { ignore: [/^\/(s|setup)\//] } },
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    ...['/api/:path*', '/v1/:path*', '/sandbox/:path*', '/s/:token/:data+'].map((source) => ({
      source,
      headers: dataOnly,
    })),
    ...[
      '/api/files/:file/content',
      '/api/batches/:batch/exports/:name',
      '/api/batches/:batch/results/:ordinal/bytes',
      '/api/batches/:batch/reconciliation/:line',
      '/s/:token/exports/:name',
    ].map((source) => ({ source, headers: downloads })),
    { source: '/s/:path*', headers: sharedByLink },
    { source: '/setup/:path*', headers: [{ key: 'referrer-policy', value: 'no-referrer' }] },
  ],
};

export default config;
