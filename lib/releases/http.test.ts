import type { Patience } from './http';
import { asFetchProblem, HttpClient, proxyProblem } from './http';
import type { Answer } from './testing/lying-server';
import { endless, LyingServer, redirectTo, status, whole } from './testing/lying-server';

let server: LyingServer;
let client: HttpClient;
let open: (() => Promise<void>)[] = [];

// All is closed when a test has failed, too: what stays open keeps the run from ending.
async function startServer(): Promise<LyingServer> {
  const started = await LyingServer.start();
  open.push(() => started.stop());
  return started;
}

function newClient(patience?: Patience): HttpClient {
  const created = new HttpClient(patience);
  open.push(() => created.close());
  return created;
}

beforeEach(async () => {
  server = await startServer();
  client = newClient();
});

afterEach(async () => {
  const closing = open;
  open = [];
  await Promise.all(closing.map((close) => close()));
});

const get = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
  (await client.get(server.url + path, headers)).body.text();

test('a token goes with a redirect to the same server, and with none to another', async () => {
  const other = await startServer();
  const sent: unknown[] = [];
  const note: Answer = (response, _, { headers }) => {
    sent.push(headers.authorization);
    response.end('x');
  };
  server.answers['/here'] = redirectTo('/there');
  server.answers['/there'] = note;
  server.answers['/away'] = redirectTo(`${other.url}/there`);
  other.answers['/there'] = note;
  await get('/here', { authorization: 'Bearer t' });
  await get('/away', { authorization: 'Bearer t' });
  expect(sent).toEqual(['Bearer t', undefined]);
});

test('nothing is asked for compressed: sums are of the bytes that are published', async () => {
  const sent: unknown[] = [];
  server.answers['/a'] = (response, _, { headers }) => {
    sent.push(headers['accept-encoding']);
    response.end('x');
  };
  await get('/a');
  expect(sent).toEqual(['identity']);
});

test('an attempt as a whole is bounded, also when bytes keep dripping', async () => {
  const dripping: Answer = (response) => {
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => {
      clearInterval(timer);
    });
  };
  server.answers['/a'] = dripping;
  const impatient = newClient({ total: 200, silence: 100 });
  const { body } = await impatient.get(`${server.url}/a`);
  await expect(body.text()).rejects.toThrow(/timeout/);
});

test.each<[Patience, number]>([
  [{ attempts: 1 }, 1],
  [{ attempts: 4 }, 4],
  [{}, 3],
])('with %p a server in trouble is asked %p times', async (patience, times) => {
  server.answers['/a'] = status(502);
  const patient = newClient({ backoff: 1, ...patience });
  await expect(patient.patiently(() => patient.get(`${server.url}/a`))).rejects.toThrow('502 Bad Gateway');
  expect(server.times('/a')).toBe(times);
});

test('the pause between attempts doubles', async () => {
  const times: number[] = [];
  server.answers['/a'] = (response) => {
    times.push(performance.now());
    response.writeHead(500).end();
  };
  const patient = newClient({ backoff: 40 });
  await expect(patient.patiently(() => patient.get(`${server.url}/a`))).rejects.toThrow('500');
  const [first = 0, second = 0, third = 0] = times;
  expect(second - first).toBeGreaterThanOrEqual(39);
  expect(third - second).toBeGreaterThanOrEqual(79);
});

test('JSON is read', async () => {
  server.answers['/a'] = whole('{"a":1}');
  expect(await client.json(`${server.url}/a`)).toEqual({ a: 1 });
});

test('JSON without end is broken off', async () => {
  server.answers['/a'] = endless;
  await expect(client.json(`${server.url}/a`)).rejects.toThrow(
    /^too much at .*: expected at most 4194304 bytes, got more/,
  );
});

test.each(['ftp://user:pa@ss@proxy', 'http://user:pa/ss@proxy', 'user:pa/ss@proxy', 'http://user:pa@ss@'])(
  'a proxy that is none is named without its password: %s',
  (proxy) => {
    expect(proxyProblem(proxy)).toMatch(/is not a proxy/);
    expect(proxyProblem(proxy)).not.toMatch(/user|pa|ss@/);
  },
);

test.each([
  ['user:pa@ss', 'user:pa@ss'],
  ['user:p%40%zz', 'user:p@%zz'],
  [':pass', ':pass'],
])('who asks as %s is said in a header', async (given, said) => {
  const sent: unknown[] = [];
  server.answers['/a'] = (response, _, { headers }) => {
    sent.push(headers.authorization);
    response.end('a');
  };
  await (await client.get(server.url.replace('://', `://${given}@`) + '/a')).body.dump();
  expect(sent).toEqual([`Basic ${Buffer.from(said).toString('base64')}`]);
});

test('where a redirect leads is named without a password', async () => {
  server.answers['/a'] = redirectTo('ftp://user:pa@ss@b.example/');
  await expect(client.get(`${server.url}/a`)).rejects.toThrow('got ftp://(masked)@b.example/');
});

test.each([
  [
    Object.assign(new Error('getaddrinfo ENOTFOUND a.example'), { code: 'ENOTFOUND' }),
    'getaddrinfo ENOTFOUND a.example',
    true,
  ],
  [
    Object.assign(new Error('no proxy at http://user:pa@ss@p'), { code: 'ENOTFOUND' }),
    'ENOTFOUND (no proxy at http://(masked)@p)',
    true,
  ],
  [
    Object.assign(new Error('unable to verify\nthe first'), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }),
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE (unable to verify)',
    false,
  ],
  [Object.assign(new Error('expired'), { code: 'CERT_HAS_EXPIRED' }), 'CERT_HAS_EXPIRED (expired)', false],
  [new AggregateError([new Error('connect ECONNREFUSED ::1:1')]), 'connect ECONNREFUSED ::1:1', true],
  ['thrown text', 'thrown text', true],
])('%p is one line, and tried again if it may pass', (error, got, passing) => {
  expect(asFetchProblem(error).problem).toEqual({ what: 'no answer', expected: 'a connection', got, passing });
});
