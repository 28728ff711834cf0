import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRemote, mirrorFolders, mirrorPlaces } from './mirror';

const release = { version: '4.1.0+1', mirror: 'emissary', files: [] };
const file = { name: 'crds.yaml', urls: [] };

test("a file stands in the folder that the lock names, or in the component's own, as in vendor/", () => {
  expect(mirrorPlaces('/m', 'ambassador', release, file)).toEqual([
    join('/m', 'emissary', '4.1.0+1', 'crds.yaml'),
    join('/m', 'ambassador', '4.1.0+1', 'crds.yaml'),
  ]);
});

test('the same at a URL, with or without a slash at its end', () => {
  const places = [
    'https://m.example/a/emissary/4.1.0%2B1/crds.yaml',
    'https://m.example/a/ambassador/4.1.0%2B1/crds.yaml',
  ];
  expect(mirrorPlaces('https://m.example/a', 'ambassador', release, file)).toEqual(places);
  expect(mirrorPlaces('https://m.example/a/', 'ambassador', release, file)).toEqual(places);
});

test('one place is named once', () => {
  expect(mirrorPlaces('m', 'emissary', release, file)).toHaveLength(1);
});

test('a folder by the minor version stands for its first release, and for no other', () => {
  const mirror = mkdtempSync(join(tmpdir(), 'knitmesh-mirror-'));
  try {
    const folders = (version: string): string[] => mirrorFolders(mirror, 'kourier', { mirror: 'kourier', version });
    expect(folders('1.23.0')).toEqual([join(mirror, 'kourier', '1.23.0')]);
    mkdirSync(join(mirror, 'kourier', '1.23'), { recursive: true });
    expect(folders('1.23.0')).toEqual([join(mirror, 'kourier', '1.23.0'), join(mirror, 'kourier', '1.23')]);
    expect(folders('1.23.1')).toEqual([join(mirror, 'kourier', '1.23.1')]);
  } finally {
    rmSync(mirror, { recursive: true });
  }
});

test.each([
  ['https://m.example', true],
  ['http://m.example', true],
  ['../upstream', false],
  ['/srv/http://', false],
])('%s is remote: %p', (mirror, remote) => {
  expect(isRemote(mirror)).toBe(remote);
});
