import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly engines?: { readonly node?: string };
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
