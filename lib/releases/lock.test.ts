import { join } from 'node:path';
import { Mistakes } from '../objects/mistakes';
import { parseLock, readLock, vendorFolder, versionProblem } from './lock';
import { LOCK_FILE, projectRoot } from './project-root';

const SUM = 'ab'.repeat(32);

const LOCK = `components:
  knative-serving:
    version: 1.23.0
    urls:
      - https://a.example/v{version}/{file}
      - https://b.example/{version}/{file}
    files:
      - name: core.yaml
        size: 10
        sha256: ${SUM}
      - name: hpa.yaml
  linkerd-viz:
    version: edge-26.8.3
    mirror: linkerd
    files:
      - name: viz.yaml
        chart:
          name: linkerd-viz
          urls:
            - https://c.example/{version}/{chartVersion}/{file}
          size: 20
          sha256: ${SUM}
`;

/** What is wrong with the lock after one change. */
function mistakesOf(find: string, replaceBy: string): string {
  expect(LOCK).toContain(find);
  try {
    parseLock(LOCK.replace(find, replaceBy), 'lock.yaml');
    return 'none';
  } catch (error) {
    if (error instanceof Mistakes) return error.message;
    throw error;
  }
}

test('names each file with its URLs, size and sum', () => {
  expect(parseLock(LOCK, 'lock.yaml')).toEqual({
    file: 'lock.yaml',
    components: {
      'knative-serving': {
        version: '1.23.0',
        mirror: 'knative-serving',
        files: [
          {
            name: 'core.yaml',
            urls: ['https://a.example/v1.23.0/core.yaml', 'https://b.example/1.23.0/core.yaml'],
            size: 10,
            sha256: SUM,
          },
          { name: 'hpa.yaml', urls: ['https://a.example/v1.23.0/hpa.yaml', 'https://b.example/1.23.0/hpa.yaml'] },
        ],
      },
      'linkerd-viz': {
        version: 'edge-26.8.3',
        mirror: 'linkerd',
        files: [
          {
            name: 'viz.yaml',
            urls: [],
            chart: {
              name: 'linkerd-viz',
              archive: 'linkerd-viz-2026.8.3.tgz',
              urls: ['https://c.example/edge-26.8.3/2026.8.3/linkerd-viz-2026.8.3.tgz'],
              size: 20,
              sha256: SUM,
            },
          },
        ],
      },
    },
  });
});

test('of another version says its URLs, and neither sizes nor sums', () => {
  const { components } = parseLock(LOCK, 'lock.yaml', { 'knative-serving': '1.22.1', 'linkerd-viz': 'edge-26.9.1' });
  expect(components['knative-serving']?.files[0]).toEqual({
    name: 'core.yaml',
    urls: ['https://a.example/v1.22.1/core.yaml', 'https://b.example/1.22.1/core.yaml'],
  });
  expect(components['linkerd-viz']?.files[0]?.chart).toEqual({
    name: 'linkerd-viz',
    archive: 'linkerd-viz-2026.9.1.tgz',
    urls: ['https://c.example/edge-26.9.1/2026.9.1/linkerd-viz-2026.9.1.tgz'],
  });
});

test.each([
  ['a missing version', '    version: 1.23.0\n', '', 'lock.yaml:2: components.knative-serving: "version" is missing'],
  [
    'a version that YAML takes for a number',
    '1.23.0',
    '1.23',
    'lock.yaml:3: components.knative-serving.version: 1.23 is not a text: put it in quotes',
  ],
  [
    'a version that leads elsewhere',
    '1.23.0',
    '1..23',
    `lock.yaml:3: components.knative-serving.version: "1..23" is not a version: use letters, digits, '.', '+', '_' and '-', for example "1.23.0" or "edge-26.8.3"`,
  ],
  [
    'a version with a v',
    '1.23.0',
    'v1.23.0',
    'lock.yaml:3: components.knative-serving.version: "v1.23.0" starts with a v, which the URLs add: write "1.23.0"',
  ],
  [
    'an unknown key',
    'size: 10',
    'bytes: 10',
    'lock.yaml:9: components.knative-serving.files[0].bytes: this key is not known: use name, size, sha256, chart',
  ],
  [
    'an unknown key at the top',
    'components:\n',
    'version: 1\ncomponents:\n',
    'lock.yaml:1: version: this key is not known: use components',
  ],
  [
    'a size that is none',
    'size: 10',
    'size: -1',
    'lock.yaml:9: components.knative-serving.files[0].size: -1 is not a number of bytes: use a whole number of at least 1',
  ],
  [
    'a size as text',
    'size: 10',
    'size: 10KB',
    'lock.yaml:9: components.knative-serving.files[0].size: "10KB" is not a number of bytes: use a whole number of at least 1',
  ],
  [
    'a sum that is too short',
    SUM,
    'abab',
    'lock.yaml:10: components.knative-serving.files[0].sha256: "abab" is not a SHA-256: use 64 hexadecimal digits in lower case',
  ],
  [
    'a sum in upper case',
    SUM,
    SUM.toUpperCase(),
    `lock.yaml:10: components.knative-serving.files[0].sha256: "${SUM.toUpperCase()}" is not a SHA-256: use 64 hexadecimal digits in lower case`,
  ],
  [
    'no URLs',
    '      - https://a.example/v{version}/{file}\n      - https://b.example/{version}/{file}\n',
    '      []\n',
    'lock.yaml:4: components.knative-serving.urls: [] is not a list of at least one',
  ],
  [
    'a URL that is none',
    'https://b.example',
    'b.example',
    'lock.yaml:6: components.knative-serving.urls[1]: "b.example/{version}/{file}" is not a URL: start it with https://, http:// or oci:// and name a host and a path',
  ],
  [
    'a URL with an unknown placeholder',
    'https://b.example/{version}',
    'https://b.example/{tag}',
    'lock.yaml:6: components.knative-serving.urls[1]: {tag} in "https://b.example/{tag}/{file}" is not known: use {version}, {chartVersion}, {file}',
  ],
  [
    'a file name that leads elsewhere',
    'name: hpa.yaml',
    'name: ../hpa.yaml',
    `lock.yaml:11: components.knative-serving.files[1].name: "../hpa.yaml" is not a file's or folder's name: use letters, digits, '.', '_' and '-', first a letter or digit`,
  ],
  [
    'a file twice',
    'name: hpa.yaml',
    'name: core.yaml',
    'lock.yaml:11: components.knative-serving.files[1].name: "core.yaml" stands here twice: remove one of the two',
  ],
  [
    'a mirror that leads elsewhere',
    'mirror: linkerd',
    'mirror: /linkerd',
    `lock.yaml:14: components.linkerd-viz.mirror: "/linkerd" is not a file's or folder's name: use letters, digits, '.', '_' and '-', first a letter or digit`,
  ],
  [
    'a chart without values',
    'name: linkerd-viz',
    'name: jaeger',
    'lock.yaml:18: components.linkerd-viz.files[0].chart.name: "jaeger" is not a chart with known values: use one of linkerd-crds, linkerd-control-plane, linkerd-viz, emissary-crds-chart, emissary-ingress',
  ],
  [
    'a component that is no name',
    '  linkerd-viz:',
    '  Linkerd_Viz:',
    `lock.yaml:12: components.Linkerd_Viz: "Linkerd_Viz" is not a DNS label: use lower case letters, digits and '-', with a letter or digit at both ends`,
  ],
  [
    'no files',
    /files:\n[^]*hpa.yaml\n/.exec(LOCK)?.[0] ?? '',
    'files: none\n',
    'lock.yaml:7: components.knative-serving.files: "none" is not a list of at least one',
  ],
  [
    'a component that is no mapping',
    /knative-serving:\n[^]*hpa.yaml\n/.exec(LOCK)?.[0] ?? '',
    'knative-serving: 1.23.0\n',
    'lock.yaml:2: components.knative-serving: "1.23.0" is not a mapping of keys to values\nlock.yaml:2: components.knative-serving: "version" is missing\nlock.yaml:2: components.knative-serving: "files" is missing',
  ],
  [
    'a key twice',
    'size: 10',
    'size: 10\n        size: 11',
    'lock.yaml:10: is no YAML: a key stands twice in one mapping',
  ],
  [
    'a broken line',
    'size: 10',
    'size: [10',
    'lock.yaml:10: is no YAML: the indentation does not fit what is around it, or a bracket or brace is not closed',
  ],
])('%s is a mistake, with its line', (_, find, replaceBy, expected) => {
  expect(mistakesOf(find, replaceBy)).toBe(expected);
});

test('a file that comes from nowhere is a mistake', () => {
  const urls = / {4}urls:\n( {6}- .*\n)+/.exec(LOCK)?.[0] ?? '';
  expect(mistakesOf(urls, '')).toBe(
    [5, 8]
      .map(
        (line, index) =>
          `lock.yaml:${line}: components.knative-serving.files[${index}]: nothing says where the file comes from: give the component "urls", or the file a "chart"`,
      )
      .join('\n'),
  );
});

test('all mistakes are reported together', () => {
  expect(mistakesOf(SUM, 'x').split('\n')).toHaveLength(1);
  expect(mistakesOf('size: 10\n        sha256: ', 'size: 0\n        sha256: x').split('\n')).toHaveLength(2);
});

test('an empty file is a mistake', () => {
  expect(() => parseLock('', 'lock.yaml')).toThrow('lock.yaml:1: null is not a mapping of keys to values');
});

test('a file that is not there is a mistake', () => {
  expect(() => readLock('/nowhere/lock.yaml')).toThrow('/nowhere/lock.yaml: cannot be read: ENOENT');
});

test.each(['1.23.0', 'edge-26.8.3', '1.23.0-rc.1', '1.0.0+build.5'])('%s is a version', (version) => {
  expect(versionProblem(version)).toBeUndefined();
});

test.each(['', 'v1.2.3', '../1', '1/2', '1 2', '-1', 'a..b'])('%p is no version', (version) => {
  expect(versionProblem(version)).toBeDefined();
});

test('a vendored file stands under its component and version', () => {
  expect(vendorFolder('root', 'linkerd', 'edge-26.8.3')).toBe(join('root', 'vendor', 'linkerd', 'edge-26.8.3'));
});

describe('releases.lock.yaml', () => {
  const { components } = readLock(join(projectRoot(), LOCK_FILE));

  test('pins the components of the platform', () => {
    expect(Object.entries(components).map(([name, { version }]) => `${name} ${version}`)).toEqual([
      'knative-serving 1.23.0',
      'linkerd edge-26.8.3',
      'linkerd-viz edge-26.8.3',
      'ambassador 4.1.0',
      'kourier 1.23.0',
      'gateway-api 1.5.1',
    ]);
  });

  test('knows the size and the sum of every file', () => {
    const files = Object.values(components).flatMap((component) => component.files);
    expect(files.filter(({ size, sha256 }) => size === undefined || sha256 === undefined)).toEqual([]);
  });
});
