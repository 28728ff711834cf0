import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly engines?: { readonly node?: string };
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  readonly name?: string;
}

const { packages } = JSON.parse(readFileSync(join(__dirname, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

/** @param range of versions, such as `^20.19 || >=22` */
function takesNode20(range: string): boolean {
  return range.split('||').some((part) => {
    const [, operator = '', major, minor = '0'] = /^\s*([\^~>=]*)\s*(\d+)(?:\.(\d+))?/.exec(part) ?? [];
    if (major === undefined) return part.trim() === '*';
    return major === '20' ? Number(minor) <= 19 : operator.startsWith('>') && Number(major) < 20;
  });
}

test('no package asks for a newer Node than 20.19, of which npm would warn whoever installs it with that', () => {
  const asking = Object.entries(packages).filter(([, { engines }]) => !takesNode20(engines?.node ?? '*'));
  expect(asking.map(([name, { engines }]) => `${name}: ${engines?.node}`)).toEqual([]);
});

const { allowScripts } = JSON.parse(readFileSync(join(__dirname, 'package.json'), 'utf8')) as {
  readonly allowScripts: Readonly<Record<string, boolean>>;
};
const nameOf = (path: string): string => path.replace(/^.*node_modules\//, '');

test('no package may run a script when it is installed, and npm is told so of each that has one', () => {
  const having = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true);
  // npm knows of those of macOS alone only there.
  const named = having.map(([path]) => nameOf(path)).filter((name) => name !== 'fsevents');
  expect(Object.keys(allowScripts).sort()).toEqual([...new Set(named)].sort());
  expect(Object.values(allowScripts)).not.toContain(true);
});

test('what cdk8s-plus-27 names and does not use brings no packages', () => {
  const backports = Object.entries(packages).filter(([path]) => nameOf(path) === 'backport');
  expect(backports.map(([, { name }]) => name)).toEqual(['constructs']);
});

test('docs/security.md says how many packages commands need', () => {
  const needed = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true).length;
  // Of packages for other systems npm installs none.
  const [, told = ''] =
    /`npm ci --omit=dev` is enough .*?: (\d+) packages/s.exec(
      readFileSync(join(__dirname, 'docs', 'security.md'), 'utf8'),
    ) ?? [];
  expect(Number(told)).toBeGreaterThan(needed - 40);
  expect(Number(told)).toBeLessThanOrEqual(needed);
});
