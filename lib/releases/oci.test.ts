import { FetchProblem } from './fetch-problem';
import { HttpClient } from './http';
import type { Answer } from './testing/lying-server';
import { LyingServer, status, whole } from './testing/lying-server';
import type { OciChart } from './oci';
import { findOciChart } from './oci';
import { sha256 } from './testing/scratch-repository';

const CHART = {
  mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
  digest: `sha256:${sha256('chart')}`,
  size: 5,
};
const MANIFEST = '/v2/org/chart/manifests/4.1.0';

let registry: LyingServer;
let client: HttpClient;

beforeEach(async () => {
  registry = await LyingServer.start();
  client = new HttpClient({ attempts: 1 });
});

afterEach(async () => {
  await client.close();
  await registry.stop();
});

const find = (): Promise<OciChart> => findOciChart(client, `oci://${registry.host}/org/chart:4.1.0`);

/** The answer to whoever has the token; a challenge for all others. */
const withToken =
  (answer: Answer, challenge: string): Answer =>
  (response, nth, request) => {
    const entitled = request.headers.authorization === 'Bearer t0ken';
    (entitled ? answer : status(401, { 'www-authenticate': challenge }))(response, nth, request);
  };

test('a chart is the layer that Helm keeps it in, and is checked by the digest of the registry', async () => {
  const layers = [
    { mediaType: 'application/vnd.cncf.helm.chart.provenance.v1.prov', digest: 'sha256:0', size: 1 },
    CHART,
  ];
  const seen: (string | undefined)[] = [];
  registry.answers[MANIFEST] = (response, _, { headers }) => {
    seen.push(headers.accept);
    response.end(JSON.stringify({ layers }));
  };
  expect(await find()).toEqual({
    url: `${registry.url}/v2/org/chart/blobs/sha256:${sha256('chart')}`,
    headers: {},
    expected: { sha256: sha256('chart'), size: 5 },
  });
  expect(seen).toEqual(['application/vnd.oci.image.manifest.v1+json']);
});

test('a token for everybody is fetched where the registry says', async () => {
  const challenge = `Bearer realm="${registry.url}/token",service="ghcr.io",scope="repository:org/chart:pull"`;
  registry.answers['/token?service=ghcr.io&scope=repository%3Aorg%2Fchart%3Apull'] = whole('{"token":"t0ken"}');
  registry.answers[MANIFEST] = withToken(whole(JSON.stringify({ layers: [CHART] })), challenge);
  expect((await find()).headers).toEqual({ authorization: 'Bearer t0ken' });
});

test.each<[string, (url: string) => Answer, string]>([
  [
    'a manifest without a chart',
    () => whole('{"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar"}]}'),
    'no chart: expected a layer of application/vnd.cncf.helm.chart.content.v1.tar+gzip, got none',
  ],
  ['a manifest that is no JSON', () => whole('<html>'), 'no JSON at'],
  ['a tag that is not there', () => status(404), 'HTTP error: expected 200, got 404 Not Found'],
  [
    'a registry that wants a password',
    () => status(401, { 'www-authenticate': 'Basic realm="x"' }),
    'refused: expected a registry that gives out tokens, got Basic realm="x"',
  ],
  [
    'a token service that gives none',
    (url) => status(401, { 'www-authenticate': `Bearer realm="${url}/none"` }),
    'refused: expected a token from',
  ],
  [
    'a token that is refused',
    (url) => status(401, { 'www-authenticate': `Bearer realm="${url}/token"` }),
    'HTTP error: expected 200, got 401 Unauthorized',
  ],
])('%s is a problem', async (_, answer, message) => {
  registry.answers['/none'] = whole('{}');
  registry.answers['/token'] = whole('{"access_token":"t0ken"}');
  registry.answers[MANIFEST] = answer(registry.url);
  const error: unknown = await find().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FetchProblem);
  expect((error as FetchProblem).message).toContain(message);
});

test('a reference without a tag is a problem', async () => {
  await expect(findOciChart(client, 'oci://ghcr.io/org/chart')).rejects.toThrow(
    'expected oci://registry/repository:tag',
  );
});

test.each([-5, 0, 0.5, 1e12, '5', null])('a layer of %p bytes is not believed', async (size) => {
  registry.answers[MANIFEST] = whole(JSON.stringify({ layers: [{ ...CHART, size }] }));
  await expect(find()).rejects.toThrow(`no chart: expected a layer of 1 to 67108864 bytes, got ${String(size)}`);
});
