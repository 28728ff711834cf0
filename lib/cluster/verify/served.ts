import { at, list, text, whole } from '../../objects/json';
import type { Manifest } from '../../objects/manifest';
import type { Look } from './check';
import type { HttpAnswer, HttpRequest } from './http-request';
import { ask } from './http-request';
import type { PortForward } from './port-forward';
import { sideBySide } from './side-by-side';

/** A Knative Service of the platform, as it is in the cluster. */
export interface LiveService {
  /** `default/helloworld-go`. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;

  /** Why it is not Ready, in Knative's words; `undefined` if it is. */
  readonly unready: string | undefined;

  /** Its URL; `undefined` until Knative has given it one. */
  readonly url: URL | undefined;
}

/** The rendered Knative Services, each as it is in the cluster. */
export function liveServices({ rendered, live }: Pick<Look, 'rendered' | 'live'>): Promise<LiveService[]> {
  return live.once('live services', async () => {
    const wanted = rendered.knativeServices;
    if (wanted.length === 0) return [];
    const found = await live.knativeServices();
    return wanted.map(({ manifest: { metadata } }) => {
      const [namespace, name] = [metadata.namespace ?? 'default', metadata.name ?? ''];
      const one = found.find((other) => other.metadata.name === name && other.metadata.namespace === namespace);
      const url = text(at(one, 'status', 'url'));
      return {
        id: `${namespace}/${name}`,
        namespace,
        name,
        unready: unreadyReason(one),
        url: url !== undefined && URL.canParse(url) ? new URL(url) : undefined,
      };
    });
  });
}

function unreadyReason(service: Manifest | undefined): string | undefined {
  if (service === undefined) return 'is not in the cluster';
  if (whole(at(service, 'status', 'observedGeneration')) !== service.metadata.generation) {
    return 'has not been looked at by Knative since it was changed last';
  }
  const ready = list(at(service, 'status', 'conditions')).find((one) => at(one, 'type') === 'Ready');
  if (at(ready, 'status') === 'True') return undefined;
  const why = [text(at(ready, 'reason')), text(at(ready, 'message'))].filter((part) => part !== undefined);
  return `is not Ready${why.length === 0 ? '' : `: ${why.join(': ')}`}`.replace(/\s+/g, ' ');
}

const CLUSTER_LOCAL = '.svc.cluster.local';

export const isPublic = ({ url }: LiveService): boolean => url !== undefined && !url.hostname.endsWith(CLUSTER_LOCAL);

/** `http://helloworld-go.default.example.com`. */
export const originOf = ({ url }: LiveService): string => url?.origin ?? '';

/** The names by which pods ask for a service. */
export const clusterLocalNames = ({ namespace, name }: LiveService): string[] => [
  `${name}.${namespace}${CLUSTER_LOCAL}`,
  `${name}.${namespace}.svc`,
  `${name}.${namespace}`,
];

/** Those that are Ready and public, with what each answers to a request for `/`. */
export interface Answered {
  readonly service: LiveService;
  readonly answer: HttpAnswer | Error;
}

/** There is no way to where requests arrive, which says nothing of who answers there. */
export class NotAsked extends Error {
  override readonly name = 'NotAsked';
}

/** Requests that may be on their way at one time. */
export const MOST_REQUESTS = 8;

/** Asks every public service that is Ready, once, as clients outside of the cluster do. */
export function publicAnswers(look: Look): Promise<Answered[]> {
  return look.live.once('public answers', async () => {
    const services = (await liveServices(look)).filter((one) => one.unready === undefined && isPublic(one));
    return sideBySide(MOST_REQUESTS, services, async (service) => ({
      service,
      answer: await askService(look, service),
    }));
  });
}

/** kubectl ends a way with its pod, a moment after the connection, in milliseconds. */
const ENDS_WITHIN = 200;

/**
 * A request to the Service at which those from outside of the cluster arrive. What keeps it from an answer is given back: a {@link NotAsked} where
 * kubectl opens no way there. Where the pod that it led to ends meanwhile, it is sent to another one.
 */
export async function askPublic(
  { rendered, live, settings }: Look,
  request: Pick<HttpRequest, 'host' | 'path' | 'headers' | 'tls'>,
): Promise<HttpAnswer | Error> {
  const { publicService } = rendered.layer;
  const address = request.tls === true ? { ...publicService, port: httpsPortOf(rendered) } : publicService;
  for (let attempt = 1; ; attempt++) {
    let forward: PortForward;
    try {
      forward = await live.forward(address);
    } catch (error) {
      return new NotAsked(wordsOf(error));
    }
    try {
      return await ask({ ...request, port: forward.port, timeout: settings.requestTimeout });
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, ENDS_WITHIN));
      if (attempt > 1 || forward.isOpen) return new Error(wordsOf(error));
    }
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A request that follows the networking layer where it sends plain HTTP away to HTTPS, as it does for every host of a certificate. */
export async function askFollowing(
  look: Look,
  request: Pick<HttpRequest, 'host' | 'path'>,
): Promise<HttpAnswer | Error> {
  const answer = await askPublic(look, request);
  return !(answer instanceof Error) && upgrades(answer) ? askPublic(look, { ...request, tls: true }) : answer;
}

const upgrades = (answer: HttpAnswer): boolean =>
  answer.status >= 300 &&
  answer.status < 400 &&
  String(answer.headers.location ?? '').startsWith('https:') &&
  !isFromBehind(answer);

/** Why an answer is none of the service; `undefined` if it is one. */
export function wrongAnswer({ url }: LiveService, answer: HttpAnswer): string | undefined {
  const { status } = answer;
  if (status >= 500) return 'something fails on the way, or the service itself';
  if (status === 404 && !isFromBehind(answer)) return 'the networking layer knows no such host';
  if (upgrades(answer) && url?.protocol === 'http:') return 'the networking layer sends plain HTTP away';
  return undefined;
}

/**
 * Why a refusal by the networking layer says nothing: it does not serve what it should either, so that it may refuse everything. `undefined` where it
 * serves a public service, or there is none.
 */
export async function refusesAll(look: Look): Promise<string | undefined> {
  const answers = await publicAnswers(look);
  const serves = answers.some(
    ({ service, answer }) => !(answer instanceof Error) && wrongAnswer(service, answer) === undefined,
  );
  return answers.length === 0 || serves ? undefined : 'it serves no public service, so that its refusals say nothing';
}

/** A request as a client that goes by the service's URL sends it. */
export const askService = (
  look: Look,
  { url }: LiveService,
  headers?: HttpRequest['headers'],
): Promise<HttpAnswer | Error> =>
  askPublic(look, { host: url?.hostname ?? '', tls: url?.protocol === 'https:', ...(headers && { headers }) });

const HTTPS_PORT = 443;

/** The port of the public Service at which HTTPS arrives. */
function httpsPortOf({ cluster, layer }: Look['rendered']): number {
  const ports = cluster.services.find({ ...layer.publicService })?.ports ?? [];
  return ports.find(({ name }) => name === 'https')?.port ?? HTTPS_PORT;
}

/** Envoy, of which networking layers are made, says so where the answer is not its own. Source: Envoy, its router filter. */
const FROM_BEHIND = 'x-envoy-upstream-service-time';

/** Whether an answer comes from what is behind the networking layer, and not from the layer itself. */
export const isFromBehind = ({ headers }: HttpAnswer): boolean => headers[FROM_BEHIND] !== undefined;

/** `404 Not Found: no such route`: an answer in one short line. */
export function answerText({ status, body }: HttpAnswer): string {
  const line = body.trim().split('\n', 1)[0] ?? '';
  return `${status}${line === '' ? '' : ` ${JSON.stringify(line.length > 80 ? `${line.slice(0, 80)}…` : line)}`}`;
}
