import { FetchProblem } from './fetch-problem';
import type { HttpAnswer, HttpClient } from './http';
import type { KnownBytes } from './lock';
import { MOST_BYTES } from './receive';

/** A chart's archive in a registry: the blob that a tag names, and its bytes as the registry says them. */
export interface OciChart {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expected: KnownBytes;
}

/** Media types of the OCI image manifest and of the layer that Helm keeps a chart in (helm.sh, "Use OCI-based registries"). */
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const CHART_LAYER = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

const REFERENCE = /^oci:\/\/([^/]+)\/(.+):([\w][\w.-]*)$/;
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Finds a chart in a registry that anybody may read.
 *
 * @param reference `oci://<registry>/<repository>:<tag>`
 * @throws FetchProblem if there is none
 */
export async function findOciChart(client: HttpClient, reference: string): Promise<OciChart> {
  const [, registry = '', repository = '', tag = ''] = REFERENCE.exec(reference) ?? [];
  if (tag === '')
    throw new FetchProblem({ what: 'no chart', expected: 'oci://registry/repository:tag', got: reference });
  // As container tools have it: a registry on this machine needs no TLS.
  const base = `${LOOPBACK.test(registry) ? 'http' : 'https'}://${registry}/v2/${repository}`;

  let headers: Record<string, string> = {};
  const withToken = async (answer: HttpAnswer): Promise<Record<string, string>> => {
    headers = { authorization: `Bearer ${await token(client, answer)}` };
    return headers;
  };
  const manifest = await client.json(`${base}/manifests/${tag}`, { accept: MANIFEST }, withToken);
  const layer = chartLayer(manifest);
  return { url: `${base}/blobs/sha256:${layer.sha256}`, headers, expected: layer };
}

/** A token for everybody, from the service that the registry names in its refusal (distribution's token authentication). */
async function token(client: HttpClient, { headers }: HttpAnswer): Promise<string> {
  const challenge = String(headers['www-authenticate'] ?? '');
  const parameters = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
  );
  const realm = parameters.get('realm') ?? '';
  if (!/^Bearer /i.test(challenge) || !URL.canParse(realm)) {
    throw new FetchProblem({ what: 'refused', expected: 'a registry that gives out tokens', got: challenge || '401' });
  }
  const url = new URL(realm);
  for (const key of ['service', 'scope']) {
    const value = parameters.get(key);
    if (value !== undefined) url.searchParams.set(key, value);
  }
  const answer = (await client.json(url.href)) as { token?: unknown; access_token?: unknown } | null;
  const given = answer?.token ?? answer?.access_token;
  if (typeof given === 'string') return given;
  throw new FetchProblem({ what: 'refused', expected: `a token from ${url.origin}`, got: 'none' });
}

function chartLayer(manifest: unknown): Required<KnownBytes> {
  const { layers } = (manifest ?? {}) as { layers?: unknown };
  for (const layer of Array.isArray(layers) ? (layers as unknown[]) : []) {
    const { mediaType, digest, size } = (layer ?? {}) as { mediaType?: unknown; digest?: unknown; size?: unknown };
    const [, sha256] = /^sha256:([0-9a-f]{64})$/.exec(String(digest)) ?? [];
    if (mediaType !== CHART_LAYER || sha256 === undefined) continue;
    if (typeof size === 'number' && Number.isSafeInteger(size) && size > 0 && size <= MOST_BYTES)
      return { sha256, size };
    throw new FetchProblem({ what: 'no chart', expected: `a layer of 1 to ${MOST_BYTES} bytes`, got: String(size) });
  }
  throw new FetchProblem({ what: 'no chart', expected: `a layer of ${CHART_LAYER}`, got: 'none' });
}
