import type { Config } from 'tailwindcss';

export default {
  content: ['./app/**/*.{ts,tsx}', './components/**/*.{ts,tsx}'],
  theme: {
    colors: {
      transparent: 'transparent',
      current: 'currentColor',
      canvas: 'var(--canvas)',
      surface: 'var(--surface)',
      raised: 'var(--raised)',
      hover: 'var(--hover)',
      track: 'var(--track)',
      line: { DEFAULT: 'var(--line)', strong: 'var(--line-strong)', control: 'var(--line-control)' },
      ink: 'var(--ink)',
      muted: 'var(--muted)',
      faint: 'var(--faint)',
      accent: { DEFAULT: 'var(--accent)', hover: 'var(--accent-hover)' },
      'on-accent': 'var(--on-accent)',
      ok: { DEFAULT: 'var(--ok)', bar: 'var(--ok-bar)' },
      warn: { DEFAULT: 'var(--warn)', bar: 'var(--warn-bar)' },
      bad: { DEFAULT: 'var(--bad)', bar: 'var(--bad-bar)', fill: 'var(--bad-fill)' },
      info: { DEFAULT: 'var(--info)', bar: 'var(--info-bar)' },
      idle: { DEFAULT: 'var(--idle)', bar: 'var(--idle-bar)' },
    },
    fontFamily: {
      sans: ['var(--font-geist-sans)', 'ui-sans-serif', 'system-ui', 'sans-serif'],
      mono: ['var(--font-geist-mono)', 'ui-monospace', 'monospace'],
    },
    fontSize: {
      xs: ['0.75rem', '1.45'],
      sm: ['0.8125rem', '1.45'],
      base: ['0.875rem', '1.45'],
      lg: ['1rem', '1.45'],
      xl: ['1.25rem', { lineHeight: '1.3', letterSpacing: '-0.012em' }],
      '2xl': ['1.75rem', { lineHeight: '1.2', letterSpacing: '-0.02em' }],
    },
    borderRadius: { none: '0', bar: '2px', sm: '4px', control: '6px', panel: '10px', full: '9999px' },
    boxShadow: { none: 'none', float: 'var(--shadow-float)' },
    screens: { sm: '480px', md: '768px', lg: '1024px', xl: '1280px', '2xl': '1536px' },
    extend: {
      height: { row: 'var(--row)' },
      minHeight: { row: 'var(--row)' },
    },
  },
} satisfies Config;
