import { request as http } from 'node:http';
import { request as https } from 'node:https';

/** A request as a client outside of the cluster sends it, by a way that leads to where such requests arrive. */
export interface HttpRequest {
  /** On 127.0.0.1. */
  readonly port: number;
  readonly host: string;

  /** Whether by HTTPS. Whose certificate answers plays no part: whoever asks here has no trust of its own. @default false */
  readonly tls?: boolean;

  /** @default '/' */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;

  /** In milliseconds. */
  readonly timeout: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;

  /** At most {@link LONGEST_BODY} of it. */
  readonly body: string;

  /** From the request to the end of the answer. */
  readonly milliseconds: number;
}

const LONGEST_BODY = 64 * 1024;

/** @throws Error if there is no answer */
export function ask({ port, host, tls = false, path = '/', headers, timeout }: HttpRequest): Promise<HttpAnswer> {
  const start = performance.now();
  return new Promise((done, failed) => {
    const asked = (tls ? https : http)(
      {
        host: '127.0.0.1',
        port,
        path,
        headers: { ...headers, host },
        ...(tls && { servername: host, rejectUnauthorized: false }),
        agent: false,
        signal: AbortSignal.timeout(timeout),
      },
      (answer) => {
        let body = '';
        answer
          .setEncoding('utf8')
          .on('data', (text: string) => {
            if (body.length < LONGEST_BODY) body += text;
          })
          .on('end', () => {
            done({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              body,
              milliseconds: performance.now() - start,
            });
          })
          .on('error', give);
      },
    );
    function give(error: NodeJS.ErrnoException): void {
      const slow = error.name === 'AbortError' || error.name === 'TimeoutError';
      failed(new Error(slow ? `no answer within ${timeout / 1000} s` : wordsOf(error)));
    }
    asked.on('error', give).end();
  });
}

const wordsOf = ({ code, message }: NodeJS.ErrnoException): string =>
  code === 'ECONNRESET' || code === 'ECONNREFUSED' ? 'the connection was closed' : message;
