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

  /** To the end of the answer, in milliseconds. */
  readonly timeout: number;

  /** Takes the body of a 200 as it comes, in pieces cut anywhere; none of it is kept then. What it throws ends the request. @default - it is kept */
  readonly onText?: (piece: string) => void;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;

  readonly body: string;

  /** Whether the body is longer than what is kept of it. */
  readonly cut: boolean;

  /** From the request to the end of the answer. */
  readonly milliseconds: number;
}

/** Of a body so many characters are kept, and what comes with them in one piece. */
const LONGEST_BODY = 4 * 1024 * 1024;

/** @throws Error if there is no answer */
export function ask(request: HttpRequest): Promise<HttpAnswer> {
  const { port, host, tls = false, path = '/', headers, timeout, onText } = request;
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
        let cut = false;
        const keep = (piece: string): void => {
          if (body.length < LONGEST_BODY) body += piece;
          else cut = true;
        };
        answer
          .setEncoding('utf8')
          .on('data', (piece: string) => {
            try {
              (answer.statusCode === 200 ? (onText ?? keep) : keep)(piece);
            } catch (error) {
              answer.destroy(error as Error);
            }
          })
          .on('end', () => {
            done({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              body,
              cut,
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
