import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { EnvHttpProxyAgent, request } from 'undici';
import { quote } from '../syntax/quote';
import { addressWithoutCredentials, withoutCredentials } from '../syntax/url-credentials';
import { FetchProblem } from './fetch-problem';
import { redirected } from './redirect';

/** The proxies of `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`. */
export interface Proxies {
  /** @default - none */
  readonly http?: string;

  /** @default - that of `http` */
  readonly https?: string;

  /**
   * Hosts that are reached directly, with commas between them.
   *
   * @default - none
   */
  readonly except?: string;
}

/** How long and how often a server is asked. */
export interface Patience {
  /**
   * Attempts at one URL that answers 408, 429 or 5xx, breaks the connection, or is silent.
   *
   * @default 3
   */
  readonly attempts?: number;

  /**
   * Milliseconds before the second attempt; twice as many before each later one.
   *
   * @default 500
   */
  readonly backoff?: number;

  /**
   * Milliseconds until there is a connection.
   *
   * @default 10000
   */
  readonly connect?: number;

  /**
   * Milliseconds without a byte.
   *
   * @default 30000
   */
  readonly silence?: number;

  /**
   * Milliseconds for one attempt as a whole.
   *
   * @default 600000
   */
  readonly total?: number;

  /**
   * Milliseconds for all that is asked for, together.
   *
   * @default 900000
   */
  readonly whole?: number;
}

/** Milliseconds for all that is asked for, unless somebody says otherwise. */
export const WHOLE = 900_000;

export interface HttpAnswer {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Dispatcher.ResponseData['body'];
}

type Headers = Readonly<Record<string, string>>;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const TRY_AGAIN = new Set([408, 429]);

/** Asks servers, within bounds of time, through proxies. */
export class HttpClient {
  private readonly agent: EnvHttpProxyAgent;
  private readonly patience: Required<Patience>;

  /** When the time for everything is over. */
  private readonly over: AbortSignal;

  constructor(patience: Patience = {}, proxies: Proxies = {}) {
    this.patience = {
      attempts: 3,
      backoff: 500,
      connect: 10_000,
      silence: 30_000,
      total: 600_000,
      whole: WHOLE,
      ...patience,
    };
    const { connect, silence, whole } = this.patience;
    this.over = AbortSignal.timeout(whole);
    this.agent = new EnvHttpProxyAgent({
      // An empty text is "none"; without one the agent would read the environment.
      httpProxy: withScheme(proxies.http ?? ''),
      httpsProxy: withScheme(proxies.https ?? ''),
      noProxy: proxies.except ?? '',
      proxyTunnel: false,
      connect: { timeout: connect },
      proxyTls: { timeout: connect },
      requestTls: { timeout: connect },
      headersTimeout: silence,
      bodyTimeout: silence,
    });
  }

  /** Does something until it succeeds, fails for good, or has failed often enough. */
  async patiently<T>(attempt: () => Promise<T>): Promise<T> {
    for (let failed = 0; ; failed += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (this.over.aborted) throw this.outOfTime();
        const problem = asFetchProblem(error);
        if (problem.problem.passing !== true || failed + 1 >= this.patience.attempts) throw problem;
        await sleep(this.patience.backoff * 2 ** failed, undefined, { signal: this.over }).catch(() => {
          throw this.outOfTime();
        });
      }
    }
  }

  /**
   * The answer to GET, after redirects.
   *
   * @param refused what to do with an answer of 401; default: it is a problem
   * @throws FetchProblem if there is none, or one that is not 200
   */
  async get(
    url: string,
    headers: Headers = {},
    refused?: (answer: HttpAnswer) => Promise<Headers>,
  ): Promise<HttpAnswer> {
    const signal = AbortSignal.any([AbortSignal.timeout(this.patience.total), this.over]);
    const seen = new Set<string>();
    let sent: Headers = { ...headers, ...credentials(url) };
    for (let at = withoutUser(url); ;) {
      const answer = await this.send(at, sent, signal);
      const { statusCode } = answer;
      if (statusCode === 200) return answer;
      await answer.body.dump().catch(() => undefined);
      if (statusCode === 401 && refused !== undefined) return this.get(url, { ...headers, ...(await refused(answer)) });
      if (!REDIRECTS.has(statusCode)) throw statusProblem(statusCode, answer.statusText);
      seen.add(at);
      const next = redirected(at, answer.headers.location, seen);
      // A token is for the server that it was meant for.
      if (new URL(next).origin !== new URL(at).origin) sent = without(sent, 'authorization');
      at = next;
    }
  }

  /** The JSON at a URL. */
  async json(url: string, headers: Headers = {}, refused?: (answer: HttpAnswer) => Promise<Headers>): Promise<unknown> {
    const { body } = await this.get(url, headers, refused);
    const text = await textWithin(body, MOST_JSON, url);
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new FetchProblem({ what: `no JSON at ${url}`, expected: 'JSON', got: `${text.slice(0, 40)}…` });
    }
  }

  private outOfTime(): FetchProblem {
    return new FetchProblem({
      what: 'out of time',
      expected: `all files within ${this.patience.whole / 1000} s`,
      got: 'a part of them',
    });
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async send(url: string, headers: Headers, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    try {
      return await request(url, {
        dispatcher: this.agent,
        headers: { 'user-agent': 'knitmesh', 'accept-encoding': 'identity', ...headers },
        signal,
      });
    } catch (error) {
      throw asFetchProblem(error);
    }
  }
}

/** More than any manifest of a registry, or a token, has. */
const MOST_JSON = 4 * 1024 * 1024;

/** The text of an answer. One without end is broken off. */
async function textWithin(body: HttpAnswer['body'], most: number, url: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most)
        throw new FetchProblem({ what: `too much at ${url}`, expected: `at most ${most} bytes`, got: 'more' });
      chunks.push(chunk);
    }
  } catch (error) {
    throw asFetchProblem(error);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A URL as it is asked for: who asks is said in a header. */
function withoutUser(url: string): string {
  const bare = new URL(url);
  if (bare.username === '' && bare.password === '') return url;
  [bare.username, bare.password] = ['', ''];
  return bare.href;
}

function credentials(url: string): Headers {
  const { username, password } = new URL(url);
  if (username === '' && password === '') return {};
  const pair = `${decoded(username)}:${decoded(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** A part of a URL in clear. A `%` that begins no byte stands for itself. */
function decoded(part: string): string {
  return part.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}

/** What is wrong with a proxy's address. `undefined` if nothing is. */
export function proxyProblem(proxy: string): string | undefined {
  if (proxy === '' || (/^(https?|socks5?):\/\/./.test(withScheme(proxy)) && URL.canParse(withScheme(proxy))))
    return undefined;
  return `${quote(addressWithoutCredentials(proxy))} is not a proxy: write its URL, for example "http://proxy.example:3128"`;
}

function withScheme(proxy: string): string {
  return proxy === '' || proxy.includes('://') ? proxy : `http://${proxy}`;
}

function without(headers: Headers, name: string): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}

function statusProblem(status: number, text: string): FetchProblem {
  const passing = status >= 500 || TRY_AGAIN.has(status);
  return new FetchProblem({ what: 'HTTP error', expected: '200', got: `${status} ${text}`.trim(), passing });
}

const SILENT = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const FOR_GOOD = /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_INVALID/;

/** What an error of the network means. */
export function asFetchProblem(error: unknown): FetchProblem {
  if (error instanceof FetchProblem) return error;
  if (!(error instanceof Error)) return asFetchProblem(new Error(String(error)));
  const { code } = error as NodeJS.ErrnoException;
  const detail = withoutCredentials(firstLine(error.message || firstCause(error)).replace(/^Error: /, ''));
  const got = code === undefined || detail.includes(code) ? detail : `${code} (${detail})`;
  if (SILENT.has(code ?? '') || error.name === 'TimeoutError') {
    return new FetchProblem({ what: 'no data', expected: 'an answer in time', got: 'silence', passing: true });
  }
  return new FetchProblem({ what: 'no answer', expected: 'a connection', got, passing: !FOR_GOOD.test(code ?? '') });
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

/** Node reports a host of several addresses by an error without a message, which holds one error for each. */
function firstCause(error: Error): string {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error.cause];
  return first instanceof Error ? first.message : error.name;
}
