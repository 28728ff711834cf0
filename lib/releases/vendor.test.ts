import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { bury, killAtEach } from '../files/testing/dying-disk';
import { Mistakes } from '../objects/mistakes';
import type { Answer } from './testing/lying-server';
import {
  chunked,
  cutOff,
  endless,
  inTurn,
  LyingServer,
  redirectTo,
  silent,
  stalled,
  status,
  whole,
} from './testing/lying-server';
import { readLock } from './lock';
import { LOCK_FILE, projectRoot } from './project-root';
import { manifest, ScratchRepository, sha256, TRUST_ANCHOR } from './testing/scratch-repository';
import type { VendorEvent, VendorOptions, VendorResult } from './vendor';
import { vendor, VendorFailures } from './vendor';

const A = manifest('a', 2000);
const B = manifest('b', 300);
const PATIENCE = { backoff: 1, silence: 150, connect: 500, total: 2000 };

let server: LyingServer;
let repository: ScratchRepository;

beforeEach(async () => {
  server = await LyingServer.start();
  server.answers['/v1.0.0/a.yaml'] = whole(A);
  server.answers['/v1.0.0/b.yaml'] = whole(B);
  repository = new ScratchRepository(lockOf(server.url));
});

afterEach(async () => {
  await server.stop();
  repository.remove();
});

/** A lock of one component with the files `a.yaml` and `b.yaml`. */
function lockOf(...servers: readonly string[]): string {
  return `# Pinned.
components:
  knative-serving:
    version: 1.0.0
    urls:
${servers.map((url) => `      - ${url}/v{version}/{file}\n`).join('')}    files:
      # The large one.
      - name: a.yaml
        size: ${A.length}
        sha256: ${sha256(A)}
      - name: b.yaml
        size: ${B.length}
        sha256: ${sha256(B)}
`;
}

const run = (options: Partial<VendorOptions> = {}): Promise<VendorResult> =>
  vendor({ root: repository.root, patience: PATIENCE, helm: '/nowhere/helm', ...options });

/** The lines of a run that fails, with this machine's port taken out. */
async function failing(options: Partial<VendorOptions> = {}): Promise<{ lines: string[]; wrongBytes: boolean }> {
  const error: unknown = await run(options).catch((thrown: unknown) => thrown);
  if (!(error instanceof VendorFailures)) throw new Error(`no failure: ${String(error)}`);
  const lines = error.failures.map(({ where, message }) =>
    `${where}: ${message}`.replaceAll(server.url, 'http://server'),
  );
  return { lines, wrongBytes: error.wrongBytes };
}

const states = ({ files }: VendorResult): Record<string, string> =>
  Object.fromEntries(files.map(({ file, state }) => [file, state]));

describe('vendoring', () => {
  test('brings every file to its folder, and leaves nothing else', async () => {
    const lock = repository.lock;
    const result = await run();
    expect(repository.tree()).toEqual({
      'releases.lock.yaml': lock,
      'vendor/knative-serving/1.0.0/a.yaml': A,
      'vendor/knative-serving/1.0.0/b.yaml': B,
    });
    expect(result).toEqual({
      components: [{ name: 'knative-serving', version: '1.0.0' }],
      files: [
        {
          file: 'knative-serving/1.0.0/a.yaml',
          state: 'fetched',
          size: 2000,
          sha256: sha256(A),
          from: `${server.url}/v1.0.0/a.yaml`,
        },
        {
          file: 'knative-serving/1.0.0/b.yaml',
          state: 'fetched',
          size: 300,
          sha256: sha256(B),
          from: `${server.url}/v1.0.0/b.yaml`,
        },
      ],
      recorded: [],
      warnings: [],
    });
    expect(readdirSync(repository.root).sort()).toEqual(['releases.lock.yaml', 'vendor']);
  });

  test('does not fetch what is there with the right sum', async () => {
    await run();
    repository.write('vendor/knative-serving/1.0.0/b.yaml', 'spoilt');
    expect(states(await run())).toEqual({
      'knative-serving/1.0.0/a.yaml': 'unchanged',
      'knative-serving/1.0.0/b.yaml': 'fetched',
    });
    expect(server.asked.filter((path) => path.endsWith('a.yaml'))).toHaveLength(1);
    expect(repository.read('vendor/knative-serving/1.0.0/b.yaml')).toBe(B);
  });

  test('takes what a failed run had brought', async () => {
    server.answers['/v1.0.0/b.yaml'] = inTurn(status(404), whole(B));
    await failing();
    expect(existsSync(join(repository.root, 'vendor'))).toBe(false);
    expect(repository.read('.vendor-partial/.gitignore')).toBe('*\n');
    expect(states(await run())).toEqual({
      'knative-serving/1.0.0/a.yaml': 'kept',
      'knative-serving/1.0.0/b.yaml': 'fetched',
    });
    expect(server.times('/v1.0.0/a.yaml')).toBe(1);
    expect(existsSync(join(repository.root, '.vendor-partial'))).toBe(false);
  });

  test('does not take what was spoilt since', async () => {
    server.answers['/v1.0.0/b.yaml'] = inTurn(status(404), whole(B));
    await failing();
    const kept = readdirSync(join(repository.root, '.vendor-partial')).find((name) => name.includes('a.yaml')) ?? '';
    repository.write(join('.vendor-partial', kept), 'spoilt');
    expect(states(await run())['knative-serving/1.0.0/a.yaml']).toBe('fetched');
    expect(repository.read('vendor/knative-serving/1.0.0/a.yaml')).toBe(A);
  });

  test('fetches at most as many files at a time as it is told to', async () => {
    let now = 0;
    let most = 0;
    const slow =
      (text: string): Answer =>
      (response) => {
        most = Math.max(most, (now += 1));
        setTimeout(() => {
          now -= 1;
          response.end(text);
        }, 30);
      };
    server.answers['/v1.0.0/a.yaml'] = slow(A);
    server.answers['/v1.0.0/b.yaml'] = slow(B);
    await run({ parallel: 1 });
    expect(most).toBe(1);
    repository.write('vendor/knative-serving/1.0.0/a.yaml', 'spoilt');
    repository.write('vendor/knative-serving/1.0.0/b.yaml', 'spoilt');
    await run({ parallel: 2 });
    expect(most).toBe(2);
  });

  test('says how it goes on; bytes of a broken attempt do not count', async () => {
    server.answers['/v1.0.0/a.yaml'] = inTurn(cutOff(A.slice(0, 500), 2000), whole(A));
    const events: VendorEvent[] = [];
    await run({ onEvent: (event) => events.push(event) });
    expect(events[0]).toEqual({ type: 'begin', files: 2 });
    expect(events.filter(({ type }) => type === 'file')).toHaveLength(2);
    const bytes = events.flatMap((event) => (event.type === 'bytes' ? [event.count] : []));
    expect(bytes.reduce((sum, count) => sum + count, 0)).toBe(A.length + B.length);
  });
});

describe('servers that lie', () => {
  const URL_A = 'http://server/v1.0.0/a.yaml';
  test.each<[string, Answer, string, boolean]>([
    [
      'wrong bytes',
      whole('y'.repeat(2000)),
      `wrong sum from ${URL_A}: expected SHA-256 ${sha256(A)}, got ${sha256('y'.repeat(2000))}`,
      true,
    ],
    [
      'a short body with its own length',
      whole(A.slice(0, 100)),
      `short file from ${URL_A}: expected 2000 bytes, got 100 bytes`,
      true,
    ],
    [
      'a short body without a length',
      chunked(A.slice(0, 100)),
      `short file from ${URL_A}: expected 2000 bytes, got 100 bytes`,
      true,
    ],
    ['an empty body', whole(''), `short file from ${URL_A}: expected 2000 bytes, got 0 bytes`, true],
    ['one byte too many', chunked(`${A}x`), `file too long from ${URL_A}: expected 2000 bytes, got more`, true],
    ['bytes without end', endless, `file too long from ${URL_A}: expected 2000 bytes, got more`, true],
    ['404', status(404), `HTTP error from ${URL_A}: expected 200, got 404 Not Found`, false],
    ['204', status(204), `HTTP error from ${URL_A}: expected 200, got 204 No Content`, false],
    ['503 for ever', status(503), `HTTP error from ${URL_A}: expected 200, got 503 Service Unavailable`, false],
    [
      'a redirect loop',
      redirectTo('/v1.0.0/a.yaml'),
      `redirect loop from ${URL_A}: expected a file, got ${URL_A}`,
      false,
    ],
    [
      'a redirect out of HTTP',
      redirectTo('file:///etc/passwd'),
      `bad redirect from ${URL_A}: expected an http or https URL, got file:///etc/passwd`,
      false,
    ],
    [
      'a redirect to nowhere',
      status(302),
      `bad redirect from ${URL_A}: expected an http or https URL, got no usable Location`,
      false,
    ],
    ['silence', silent, `no data from ${URL_A}: expected an answer in time, got silence`, false],
    [
      'silence after a part',
      stalled(A.slice(0, 100), 2000),
      `broken off from ${URL_A}: expected 2000 bytes, got 100 bytes, then silence`,
      false,
    ],
    [
      'a connection that is cut',
      cutOff(A.slice(0, 100), 2000),
      `broken off from ${URL_A}: expected 2000 bytes, got 100 bytes, then UND_ERR_SOCKET (other side closed)`,
      false,
    ],
  ])('%s: one line, and vendor/ stays as it was', async (_, answer, line, wrongBytes) => {
    repository.write('vendor/knative-serving/1.0.0/a.yaml', 'older');
    repository.write('vendor/mine.txt', 'mine');
    const before = repository.tree('vendor');
    const lock = repository.lock;
    server.answers['/v1.0.0/a.yaml'] = answer;
    expect(await failing()).toEqual({ lines: [`knative-serving/1.0.0/a.yaml: ${line}`], wrongBytes });
    expect(repository.tree('vendor')).toEqual(before);
    expect(repository.lock).toBe(lock);
  });

  test('a chain of redirects without end', async () => {
    for (let hop = 0; hop < 10; hop += 1) server.answers[`/${hop}`] = redirectTo(`/${hop + 1}`);
    server.answers['/v1.0.0/a.yaml'] = redirectTo('/0');
    expect((await failing()).lines).toEqual([
      `knative-serving/1.0.0/a.yaml: too many redirects from ${URL_A}: expected at most 5, got http://server/5`,
    ]);
  });

  test('all failures are reported together', async () => {
    server.answers['/v1.0.0/a.yaml'] = status(404);
    server.answers['/v1.0.0/b.yaml'] = whole('short');
    expect(await failing()).toEqual({
      lines: [
        `knative-serving/1.0.0/a.yaml: HTTP error from ${URL_A}: expected 200, got 404 Not Found`,
        'knative-serving/1.0.0/b.yaml: short file from http://server/v1.0.0/b.yaml: expected 300 bytes, got 5 bytes',
      ],
      wrongBytes: true,
    });
  });

  test('no server at all', async () => {
    const { host } = server;
    await server.stop();
    expect((await failing()).lines[0]).toBe(
      `knative-serving/1.0.0/a.yaml: no answer from ${URL_A}: expected a connection, got connect ECONNREFUSED ${host}`,
    );
    server = await LyingServer.start();
  });

  test('what passes is tried again', async () => {
    server.answers['/v1.0.0/a.yaml'] = inTurn(status(500), cutOff('part', 2000), whole(A));
    server.answers['/v1.0.0/b.yaml'] = inTurn(status(429), silent, whole(B));
    await run();
    expect([server.times('/v1.0.0/a.yaml'), server.times('/v1.0.0/b.yaml')]).toEqual([3, 3]);
  });

  test('what will not pass is not tried again', async () => {
    server.answers['/v1.0.0/a.yaml'] = status(404);
    server.answers['/v1.0.0/b.yaml'] = whole('short');
    await failing();
    expect(server.asked).toHaveLength(2);
  });

  test('a redirect is followed', async () => {
    server.answers['/v1.0.0/a.yaml'] = redirectTo('/elsewhere?x=1');
    server.answers['/elsewhere?x=1'] = whole(A);
    expect((await run()).files[0]?.from).toBe(`${server.url}/v1.0.0/a.yaml`);
  });
});

describe('a list of URLs', () => {
  let other: LyingServer;
  beforeEach(async () => {
    other = await LyingServer.start();
    repository.write('releases.lock.yaml', lockOf(other.url, server.url));
  });
  afterEach(() => other.stop());

  test('the first one is enough', async () => {
    other.answers['/v1.0.0/a.yaml'] = whole(A);
    other.answers['/v1.0.0/b.yaml'] = whole(B);
    await run();
    expect(server.asked).toEqual([]);
  });

  test('the next one is taken when one fails or lies, and that is said', async () => {
    other.answers['/v1.0.0/b.yaml'] = whole('lie');
    const { files, warnings } = await run();
    expect(files.map(({ from }) => from)).toEqual([`${server.url}/v1.0.0/a.yaml`, `${server.url}/v1.0.0/b.yaml`]);
    expect(warnings.map(({ message }) => message)).toEqual([
      `HTTP error from ${other.url}/v1.0.0/a.yaml: expected 200, got 404 Not Found`,
      `short file from ${other.url}/v1.0.0/b.yaml: expected 300 bytes, got 3 bytes`,
    ]);
  });

  test('all of them are named when all fail', async () => {
    server.answers['/v1.0.0/a.yaml'] = status(403);
    const { lines } = await failing();
    expect(lines).toHaveLength(2);
  });
});

describe('a mirror', () => {
  const mirrored = (): string => {
    repository.write('mirror/knative-serving/1.0.0/a.yaml', A);
    repository.write('mirror/knative-serving/1.0.0/b.yaml', B);
    return join(repository.root, 'mirror');
  };

  test('may be a folder', async () => {
    const mirror = mirrored();
    const { files } = await run({ mirror });
    expect(files.map(({ from }) => from)).toEqual([
      join(mirror, 'knative-serving/1.0.0/a.yaml'),
      join(mirror, 'knative-serving/1.0.0/b.yaml'),
    ]);
    expect(repository.read('vendor/knative-serving/1.0.0/a.yaml')).toBe(A);
    expect(server.asked).toEqual([]);
  });

  test('may be a URL, with a name and a password that no message shows', async () => {
    const sent: (string | undefined)[] = [];
    server.answers['/m/knative-serving/1.0.0/a.yaml'] = (response, _, { headers }) => {
      sent.push(headers.authorization);
      response.end(A);
    };
    const mirror = `${server.url.replace('//', '//user:pass%20word@')}/m/`;
    expect((await failing({ mirror })).lines).toEqual([
      `knative-serving/1.0.0/b.yaml: HTTP error from ${server.url.replace('//', '//(masked)@')}/m/knative-serving/1.0.0/b.yaml: expected 200, got 404 Not Found`,
    ]);
    expect(sent).toEqual([`Basic ${Buffer.from('user:pass word').toString('base64')}`]);
  });

  test('is checked like any other place', async () => {
    const mirror = mirrored();
    repository.write('mirror/knative-serving/1.0.0/a.yaml', `${A}x`);
    repository.write('mirror/knative-serving/1.0.0/b.yaml', B.replace('x', 'y'));
    const { lines, wrongBytes } = await failing({ mirror });
    expect(lines).toEqual([
      `knative-serving/1.0.0/a.yaml: file too long from ${mirror}/knative-serving/1.0.0/a.yaml: expected 2000 bytes, got more`,
      `knative-serving/1.0.0/b.yaml: wrong sum from ${mirror}/knative-serving/1.0.0/b.yaml: expected SHA-256 ${sha256(B)}, got ${sha256(B.replace('x', 'y'))}`,
    ]);
    expect(wrongBytes).toBe(true);
  });

  test('that lacks a file is named', async () => {
    const mirror = join(repository.root, 'empty');
    mkdirSync(mirror);
    expect((await failing({ mirror })).lines[0]).toBe(
      `knative-serving/1.0.0/a.yaml: no file from ${mirror}/knative-serving/1.0.0/a.yaml: expected a file that can be read, got ENOENT`,
    );
  });
});

describe('proxies', () => {
  /** A proxy that knows the way to the test's server, whatever host it is asked for. */
  const proxy = (): Promise<LyingServer> =>
    LyingServer.start((incoming, response) => {
      const { pathname, host } = new URL(incoming.url ?? '');
      request(`${server.url}${pathname}`, (answer) => {
        response.setHeader('via', host);
        answer.pipe(response);
      }).end();
    });

  test('carry the requests for hosts that are not reached otherwise', async () => {
    const through = await proxy();
    repository.write('releases.lock.yaml', lockOf('http://upstream.invalid'));
    expect((await run({ proxies: { http: through.url } })).files).toHaveLength(2);
    expect((await run({ proxies: { http: through.host } })).files).toHaveLength(2);
    await through.stop();
  });

  test('are asked for a tunnel to https servers', async () => {
    const asked: string[] = [];
    const through = createServer().listen(0, '127.0.0.1');
    through.on('connect', ({ url = '' }: IncomingMessage, socket: Duplex) => {
      asked.push(url);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await once(through, 'listening');
    repository.write('releases.lock.yaml', lockOf('https://upstream.invalid'));
    const https = `http://127.0.0.1:${(through.address() as AddressInfo).port}`;
    const { lines } = await failing({ proxies: { https }, patience: { attempts: 1 } });
    expect(asked).toEqual(['upstream.invalid:443', 'upstream.invalid:443']);
    expect(lines[0]).toMatch(/no answer from https:.* expected a connection, got .*Proxy response \(403\)/);
    through.close();
  });

  test('are not asked for hosts that are excepted', async () => {
    await run({ proxies: { http: 'http://127.0.0.1:1', except: 'localhost,127.0.0.1' } });
    expect(server.asked).toHaveLength(2);
  });

  test('that cannot be reached are the failure', async () => {
    const { lines } = await failing({ proxies: { http: 'http://127.0.0.1:1' } });
    expect(lines[0]).toContain('expected a connection, got connect ECONNREFUSED 127.0.0.1:1');
  });
});

describe('another version', () => {
  beforeEach(() => {
    server.answers['/v2.0.0/a.yaml'] = whole(manifest('new-a'));
    server.answers['/v2.0.0/b.yaml'] = whole(manifest('new-b'));
  });
  const move = { versions: { 'knative-serving': '2.0.0' } };

  test('is fetched by the same URLs; its sums are recorded, and the former files go', async () => {
    await run();
    const before = repository.lock;
    const { components, recorded } = await run(move);
    expect(components).toEqual([{ name: 'knative-serving', version: '2.0.0', movedFrom: '1.0.0' }]);
    expect(recorded).toEqual([
      { file: 'knative-serving/2.0.0/a.yaml', sha256: sha256(manifest('new-a')) },
      { file: 'knative-serving/2.0.0/b.yaml', sha256: sha256(manifest('new-b')) },
    ]);
    expect(repository.lock).toBe(
      before
        .replace('1.0.0', '2.0.0')
        .replace('size: 2000', 'size: 200')
        .replace('size: 300', 'size: 200')
        .replace(sha256(A), sha256(manifest('new-a')))
        .replace(sha256(B), sha256(manifest('new-b'))),
    );
    expect(Object.keys(repository.tree('vendor'))).toEqual([
      'vendor/knative-serving/2.0.0/a.yaml',
      'vendor/knative-serving/2.0.0/b.yaml',
    ]);
    expect(states(await run())['knative-serving/2.0.0/a.yaml']).toBe('unchanged');
  });

  test("leaves a user's own file in the former folder", async () => {
    await run();
    repository.write('vendor/knative-serving/1.0.0/mine.txt', 'mine');
    await run(move);
    expect(Object.keys(repository.tree('vendor/knative-serving/1.0.0'))).toEqual([
      'vendor/knative-serving/1.0.0/mine.txt',
    ]);
  });

  test('that does not exist changes nothing', async () => {
    await run();
    const before = repository.tree();
    server.answers['/v2.0.0/b.yaml'] = status(404);
    await failing(move);
    expect(repository.lock).toBe(before['releases.lock.yaml']);
    expect(repository.tree('vendor')).toEqual(
      Object.fromEntries(Object.entries(before).filter(([path]) => path.startsWith('vendor/'))),
    );
  });

  test('is not recorded from a login page', async () => {
    server.answers['/v2.0.0/a.yaml'] = whole('<!DOCTYPE html><title>Log in</title>');
    expect(await failing(move)).toEqual({
      lines: [
        'knative-serving/2.0.0/a.yaml: no manifest from http://server/v2.0.0/a.yaml: expected YAML with apiVersion and kind, got "<!DOCTYPE html><titl"',
      ],
      wrongBytes: true,
    });
  });

  test('that is the pinned one is checked as ever', async () => {
    expect((await run({ versions: { 'knative-serving': '1.0.0' } })).recorded).toEqual([]);
  });
});

test('a folder that is in the way leaves all as it was', async () => {
  repository.write('vendor/knative-serving/1.0.0/a.yaml', 'older');
  repository.write('vendor/knative-serving/1.0.0/b.yaml/mine.txt', 'mine');
  const before = repository.tree('vendor');
  await expect(run()).rejects.toThrow('b.yaml is a folder, where a file is to go: move it away');
  expect(repository.tree('vendor')).toEqual(before);
});

describe('charts', () => {
  const ARCHIVE = Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.from('not really')]);
  const LOCK = (): string => `components:
  linkerd:
    version: edge-26.8.3
    files:
      - name: crds.yaml
        size: 200
        sha256: ${sha256(manifest('from-the-mirror'))}
        chart:
          name: linkerd-crds
          urls:
            - ${server.url}/edge/{file}
      - name: control-plane.yaml
        chart:
          name: linkerd-control-plane
          urls:
            - ${server.url}/edge/{file}
`;
  let helm: string;
  let trustAnchors: string;

  beforeEach(() => {
    repository.write('releases.lock.yaml', LOCK());
    server.answers['/edge/linkerd-crds-2026.8.3.tgz'] = whole(ARCHIVE);
    server.answers['/edge/linkerd-control-plane-2026.8.3.tgz'] = whole(ARCHIVE);
    trustAnchors = repository.write('anchors.pem', TRUST_ANCHOR);
    const calls = join(repository.root, 'calls.txt');
    helm = repository.writeProgram(
      'bin/helm',
      `echo "$@" >> ${calls}\nprintf 'apiVersion: v1\\nkind: List\\nrelease: %s\\n' "$2"\nwhile [ "$1" != --values ] && [ $# -gt 0 ]; do shift; done\necho "values: '$(cat "$2" 2>/dev/null)'"`,
    );
  });

  test('are rendered by helm, and archives and files are recorded', async () => {
    const { files, recorded } = await run({ helm, trustAnchors });
    expect(files.map(({ state }) => state)).toEqual(['rendered', 'rendered']);
    expect(Object.keys(repository.tree('vendor'))).toEqual([
      'vendor/linkerd/edge-26.8.3/control-plane.yaml',
      'vendor/linkerd/edge-26.8.3/crds.yaml',
      'vendor/linkerd/edge-26.8.3/linkerd-control-plane-2026.8.3.tgz',
      'vendor/linkerd/edge-26.8.3/linkerd-crds-2026.8.3.tgz',
    ]);
    expect(repository.read('vendor/linkerd/edge-26.8.3/control-plane.yaml')).toContain(
      '"heartbeatSchedule":"0 0 * * *"',
    );
    expect(recorded.map(({ file, before }) => [file, before])).toEqual([
      ['linkerd/edge-26.8.3/crds.yaml', sha256(manifest('from-the-mirror'))],
      ['linkerd/edge-26.8.3/linkerd-crds-2026.8.3.tgz', undefined],
      ['linkerd/edge-26.8.3/control-plane.yaml', undefined],
      ['linkerd/edge-26.8.3/linkerd-control-plane-2026.8.3.tgz', undefined],
    ]);
    const chart = readLock(join(repository.root, 'releases.lock.yaml')).components.linkerd?.files[0]?.chart;
    expect(chart).toMatchObject({ size: ARCHIVE.length, sha256: sha256(ARCHIVE) });
  });

  test('get these arguments and values', async () => {
    await run({ helm, trustAnchors, parallel: 1 });
    const calls = repository
      .read('calls.txt')
      .replaceAll(repository.root, 'ROOT')
      .replaceAll(String(process.pid), 'PID')
      .replaceAll(sha256(ARCHIVE), 'SUM')
      .trim()
      .split('\n');
    expect(calls).toEqual([
      'version --short',
      'template linkerd-crds ROOT/.vendor-partial/linkerd--edge-26.8.3--linkerd-crds-2026.8.3.tgz.SUM --namespace linkerd --kube-version 1.34.0 --no-hooks --values ROOT/.vendor-partial/linkerd--edge-26.8.3--crds.yaml.partial.values',
      'template linkerd-control-plane ROOT/.vendor-partial/linkerd--edge-26.8.3--linkerd-control-plane-2026.8.3.tgz.SUM --namespace linkerd --kube-version 1.34.0 --no-hooks --values ROOT/.vendor-partial/linkerd--edge-26.8.3--control-plane.yaml.partial.values',
    ]);
  });

  test('that are rendered and pinned are not rendered again, unless with other trust anchors', async () => {
    await run({ helm, trustAnchors });
    expect(Object.values(states(await run()))).toEqual(['unchanged', 'unchanged']);
    const other = repository.write('other.pem', TRUST_ANCHOR + TRUST_ANCHOR);
    expect(Object.values(states(await run({ helm, trustAnchors: other })))).toEqual(['unchanged', 'rendered']);
    expect(server.asked).toHaveLength(2);
  });

  test('need helm and trust anchors: both are said once, for all files', async () => {
    const { lines, wrongBytes } = await failing();
    expect(lines).toEqual([
      'helm: is not on the PATH: install Helm 3 or newer (https://helm.sh), or take rendered files with --mirror. Needed for linkerd/edge-26.8.3/crds.yaml, linkerd/edge-26.8.3/control-plane.yaml',
      'trust anchors: are missing: give their PEM file with --trust-anchors FILE, or take rendered files with --mirror. Needed for linkerd/edge-26.8.3/control-plane.yaml',
    ]);
    expect(wrongBytes).toBe(false);
  });

  test('that helm cannot render are a failure, in its words', async () => {
    const broken = repository.writeProgram(
      'bin/broken',
      '[ "$1" = version ] || { echo "WARNING: x" >&2; echo "Error: chart is broken" >&2; exit 1; }',
    );
    expect((await failing({ helm: broken, trustAnchors })).lines[0]).toBe(
      'linkerd/edge-26.8.3/crds.yaml: helm could not render linkerd-crds-2026.8.3.tgz: Error: chart is broken',
    );
  });

  test('that render to nothing are a failure', async () => {
    const mute = repository.writeProgram('bin/mute', '');
    expect((await failing({ helm: mute, trustAnchors })).lines[0]).toBe(
      'linkerd/edge-26.8.3/crds.yaml: empty file from helm and linkerd-crds-2026.8.3.tgz: expected at least 1 byte, got 0 bytes',
    );
  });

  test('come from a registry as well', async () => {
    const digest = sha256(ARCHIVE);
    const layer = {
      mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
      digest: `sha256:${digest}`,
      size: ARCHIVE.length,
    };
    server.answers['/v2/org/linkerd-crds/manifests/2026.8.3'] = whole(JSON.stringify({ layers: [layer] }));
    server.answers[`/v2/org/linkerd-crds/blobs/sha256:${digest}`] = redirectTo('/blob');
    server.answers['/blob'] = inTurn(whole(ARCHIVE), whole('other bytes!'));
    const url = `oci://${server.host}/org/linkerd-crds:{chartVersion}`;
    repository.write('releases.lock.yaml', LOCK().replace(`${server.url}/edge/{file}`, url));
    const { files } = await run({ helm, trustAnchors });
    expect(files[0]?.from).toBe(url.replace('{chartVersion}', '2026.8.3'));
    expect(readLock(join(repository.root, 'releases.lock.yaml')).components.linkerd?.files[0]?.chart?.sha256).toBe(
      digest,
    );

    repository.write('releases.lock.yaml', LOCK().replace(`${server.url}/edge/{file}`, url));
    repository.write('vendor/linkerd/edge-26.8.3/crds.yaml', 'gone');
    const { lines, wrongBytes } = await failing({ helm, trustAnchors });
    expect(lines[0]).toContain(
      `wrong sum from ${url.replace('{chartVersion}', '2026.8.3')}: expected SHA-256 ${digest}`,
    );
    expect(wrongBytes).toBe(true);
  });

  test('come rendered from a mirror, without helm', async () => {
    repository.write('mirror/linkerd/edge-26.8.3/crds.yaml', manifest('from-the-mirror'));
    repository.write('mirror/linkerd/edge-26.8.3/control-plane.yaml', manifest('control-plane'));
    const { recorded } = await run({ mirror: join(repository.root, 'mirror') });
    expect(recorded).toEqual([
      { file: 'linkerd/edge-26.8.3/control-plane.yaml', sha256: sha256(manifest('control-plane')) },
    ]);
    expect(Object.keys(repository.tree('vendor'))).toHaveLength(2);
  });

  test('with a pinned archive must have its bytes', async () => {
    await run({ helm, trustAnchors });
    const pinned = repository.lock;
    repository.write('vendor/linkerd/edge-26.8.3/crds.yaml', 'gone');
    repository.write('vendor/linkerd/edge-26.8.3/linkerd-crds-2026.8.3.tgz', 'gone');
    server.answers['/edge/linkerd-crds-2026.8.3.tgz'] = whole(
      Buffer.concat([ARCHIVE.subarray(0, -1), Buffer.from('!')]),
    );
    const { lines, wrongBytes } = await failing({ helm, trustAnchors });
    expect(lines[0]).toMatch(/^linkerd\/edge-26.8.3\/linkerd-crds-2026.8.3.tgz: wrong sum from .*: expected SHA-256 /);
    expect([wrongBytes, repository.lock]).toEqual([true, pinned]);
  });

  test('are not recorded from a login page', async () => {
    server.answers['/edge/linkerd-crds-2026.8.3.tgz'] = whole('<html>');
    expect((await failing({ helm, trustAnchors })).lines).toEqual([
      'linkerd/edge-26.8.3/linkerd-crds-2026.8.3.tgz: no archive from http://server/edge/linkerd-crds-2026.8.3.tgz: expected a gzip archive, got "<html>"',
    ]);
  });
});

describe('options', () => {
  test.each<[string, Partial<VendorOptions>, string]>([
    [
      'a component that is not in the lock',
      { components: ['istio'] },
      '--component: "istio" is not a component of releases.lock.yaml: use one of knative-serving',
    ],
    [
      'a version of one that is not',
      { versions: { istio: '1.0.0' } },
      '--version: "istio" is not a component of releases.lock.yaml: use one of knative-serving',
    ],
    [
      'a version with a v',
      { versions: { 'knative-serving': 'v1.22.1' } },
      '--version: knative-serving: "v1.22.1" starts with a v, which the URLs add: write "1.22.1"',
    ],
    [
      'a version that is a path',
      { versions: { 'knative-serving': '../x' } },
      `--version: knative-serving: "../x" is not a version: use letters, digits, '.', '+', '_' and '-', for example "1.23.0" or "edge-26.8.3"`,
    ],
    [
      'a mirror that is not there',
      { mirror: '/nowhere' },
      '--mirror: "/nowhere" is neither a folder nor an http or https URL',
    ],
    [
      'a proxy that is none',
      { proxies: { http: 'ftp://user:pass@x' } },
      'HTTP_PROXY: "ftp://(masked)@x" is not a proxy: write its URL, for example "http://proxy.example:3128"',
    ],
    ['trust anchors that are not there', { trustAnchors: '/nowhere.pem' }, '/nowhere.pem: cannot be read: ENOENT'],
  ])('%s is a mistake, before anything is fetched', async (_, options, message) => {
    const error: unknown = await run(options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Mistakes);
    expect((error as Mistakes).message).toBe(message);
    expect(server.asked).toEqual([]);
  });

  test('a moved component that is not vendored is a mistake', async () => {
    repository.write(
      'releases.lock.yaml',
      `${lockOf(server.url)}  other:\n    version: 1.0.0\n    urls: ['${server.url}/{file}']\n    files:\n      - name: c.yaml\n`,
    );
    await expect(run({ components: ['other'], versions: { 'knative-serving': '2.0.0' } })).rejects.toThrow(
      '--version: knative-serving would be moved but not vendored: add --component knative-serving',
    );
  });
});

const upstream = process.env.UPSTREAM_DIR;
if (upstream === undefined) console.log('UPSTREAM_DIR is not set: vendoring from the real files is skipped');
(upstream === undefined ? describe.skip : describe)('the real releases', () => {
  const mirror = upstream ?? '';
  beforeEach(() => {
    repository.write(LOCK_FILE, readFileSync(join(projectRoot(), LOCK_FILE)));
  });

  test('come from a mirror with the sums of the lock', async () => {
    const lock = repository.lock;
    const { files, recorded } = await run({ mirror });
    expect(recorded).toEqual([]);
    expect(repository.lock).toBe(lock);
    expect(files.every(({ state }) => state === 'fetched')).toBe(true);
    expect(Object.values(states(await run()))).toEqual(files.map(() => 'unchanged'));
  });

  test('knative-serving moves to 1.22.1 and back', async () => {
    const lock = repository.lock;
    await run({ mirror, versions: { 'knative-serving': '1.22.1' } });
    expect(repository.lock).not.toBe(lock);
    await run({ mirror, versions: { 'knative-serving': '1.23.0' } });
    expect(repository.lock).toBe(lock);
  });
});

describe('killed at any change of a file', () => {
  const CORE_2 = manifest('core of 2', 400);

  test.each<[string, Partial<VendorOptions>, Record<string, string>]>([
    ['a first run', {}, { 'vendor/knative-serving/1.0.0/a.yaml': A, 'vendor/knative-serving/1.0.0/b.yaml': B }],
    [
      'a run that moves a component',
      { versions: { 'knative-serving': '2.0.0' } },
      { 'vendor/knative-serving/2.0.0/a.yaml': CORE_2, 'vendor/knative-serving/2.0.0/b.yaml': B },
    ],
  ])(
    '%s, and run again, ends in the same state',
    async (_, options, vendored) => {
      server.answers['/v2.0.0/a.yaml'] = whole(CORE_2);
      server.answers['/v2.0.0/b.yaml'] = whole(B);
      const moves = options.versions !== undefined;
      const version = moves ? '2.0.0' : '1.0.0';
      const kills = await killAtEach(
        () => run(options),
        async () => {
          bury(join(repository.root, '.vendor-partial', 'lock'));
          // The lock is there all the time, and names files that are there.
          const locked = readLock(join(repository.root, LOCK_FILE)).components['knative-serving']?.version ?? '';
          expect(['1.0.0', version]).toContain(locked);
          // Before a first run there are none.
          expect(Object.keys(repository.tree()).includes(`vendor/knative-serving/${locked}/a.yaml`) || !moves).toBe(
            true,
          );
          await run(options);
          const { 'releases.lock.yaml': lock, ...others } = repository.tree();
          expect(others).toEqual(vendored);
          expect(lock).toContain(`version: ${version}`);
          expect(readdirSync(join(repository.root, 'vendor', 'knative-serving'))).toEqual([version]);
          expect(readdirSync(repository.root).sort()).toEqual(['releases.lock.yaml', 'vendor']);
        },
        async () => {
          repository.remove();
          repository = new ScratchRepository(lockOf(server.url));
          if (moves) await run();
        },
      );
      expect(kills).toBeGreaterThan(20);
    },
    60_000,
  );
});

test('two runs at once both end well, also when they move a component to different versions', async () => {
  server.answers['/v2.0.0/a.yaml'] = whole(manifest('a of 2', 500));
  server.answers['/v2.0.0/b.yaml'] = whole(B);
  const events: VendorEvent[] = [];
  const onEvent = (event: VendorEvent): void => void events.push(event);
  await Promise.all([run({ onEvent }), run({ versions: { 'knative-serving': '2.0.0' }, onEvent }), run({ onEvent })]);
  expect(events.filter(({ type }) => type === 'wait')).toHaveLength(2);
  const locked = readLock(join(repository.root, LOCK_FILE)).components['knative-serving']?.version ?? '';
  expect(readdirSync(join(repository.root, 'vendor', 'knative-serving'))).toEqual([locked]);
  expect(readdirSync(repository.root).sort()).toEqual(['releases.lock.yaml', 'vendor']);
});

test('a server that goes on answering slowly is left when the time for all is over', async () => {
  server.answers['/v1.0.0/a.yaml'] = (response) => {
    response.writeHead(200, { 'content-length': A.length });
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => {
      clearInterval(timer);
    });
  };
  const { lines, wrongBytes } = await failing({ patience: { ...PATIENCE, total: 60_000, whole: 400 } });
  expect([lines.length, wrongBytes, server.times('/v1.0.0/a.yaml')]).toEqual([1, false, 1]);
  expect(lines[0]).toContain('expected all files within 0.4 s, got a part of them');
});

test('a named pipe in a mirror or in vendor/ is no file, and nobody waits for it', async () => {
  const pipe = (path: string): void => {
    mkdirSync(join(repository.root, path, '..'), { recursive: true });
    execFileSync('mkfifo', [join(repository.root, path)]);
  };
  pipe('mirror/knative-serving/1.0.0/a.yaml');
  repository.write('mirror/knative-serving/1.0.0/b.yaml', B);
  const { lines } = await failing({ mirror: join(repository.root, 'mirror') });
  expect(lines.join()).toContain('expected a file that can be read, got something else');
  pipe('vendor/knative-serving/1.0.0/a.yaml');
  await run();
  expect(repository.read('vendor/knative-serving/1.0.0/a.yaml')).toBe(A);
});

test('a component may have a name that every object of JavaScript has', async () => {
  repository.write(LOCK_FILE, repository.lock.replaceAll('knative-serving', 'constructor'));
  expect(states(await run())).toEqual({ 'constructor/1.0.0/a.yaml': 'fetched', 'constructor/1.0.0/b.yaml': 'fetched' });
});
