/** Colours by what they are for: in the light, and in the dark. Text has a contrast of at least 4.5 to what it stands on. */
const COLOURS = {
  ground: ['#ffffff', '#12171d'],
  space: ['#f4f6f8', '#1a2129'],
  'space-line': ['#d5dbe1', '#313c48'],
  box: ['#ffffff', '#212a34'],
  'box-line': ['#8290a0', '#67778a'],
  ink: ['#16202b', '#e9eef3'],
  quiet: ['#4d5a68', '#aab6c3'],
  link: ['#2457a8', '#8fb8ff'],
  mtls: ['#0b7051', '#52cfa2'],
  'mtls-box': ['#eef8f4', '#17302a'],
  tls: ['#2f5da8', '#8fb8ff'],
  plain: ['#964400', '#ffb169'],
  error: ['#b3261e', '#ff9a91'],
} as const;

type Theme = 'light' | 'dark';

const colour = (name: string, theme: Theme): string | undefined =>
  (COLOURS as Readonly<Record<string, readonly [string, string]>>)[name]?.[theme === 'light' ? 0 : 1];

/** The colours of a theme as custom properties. */
export function colourProperties(theme: Theme): string {
  const properties = Object.entries(COLOURS).map(([name, both]) => `--${name}: ${both[theme === 'light' ? 0 : 1]};`);
  return [`color-scheme: ${theme};`, ...properties].join('\n');
}

/** A style with its colours in place, for viewers that know no custom properties: light, or dark for whoever prefers it. */
export function withColours(style: string): string {
  const inTheme = (theme: Theme): string =>
    style.replace(/var\(--([\w-]+)\)/g, (property, name: string) => colour(name, theme) ?? property);
  return `${inTheme('light')}@media (prefers-color-scheme: dark) {\n${inTheme('dark')}}\n`;
}
