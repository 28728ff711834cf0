import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a server does with a request; `nth` counts those for the same path from 1. */
export type Answer = (response: ServerResponse, nth: number, request: IncomingMessage) => void;

/** For tests: a server on this machine that answers, by path, as it is told to. */
export class LyingServer {
  /** The paths that were asked for, in order. */
  readonly asked: string[] = [];

  readonly answers: Record<string, Answer> = {};

  private readonly sockets = new Set<Socket>();

  /** `127.0.0.1:<port>` */
  readonly host: string;

  private constructor(private readonly server: Server) {
    this.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(handle?: RequestListener): Promise<LyingServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const lying = new LyingServer(server);
    server.on('request', handle ?? lying.answer.bind(lying));
    server.on('connection', (socket) => {
      lying.sockets.add(socket);
    });
    return lying;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  /** How often a path was asked for. */
  times(path: string): number {
    return this.asked.filter((asked) => asked === path).length;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    this.asked.push(path);
    const answer = this.answers[path] ?? status(404);
    answer(response, this.times(path), request);
  }
}

/** The whole text, with its length. */
export const whole =
  (text: string | Buffer): Answer =>
  (response) => {
    response.end(text);
  };

export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(code, headers).end('an error page');
  };

export const redirectTo = (location: string): Answer => status(302, { location });

/** The text without its length, as one that may well be all. */
export const chunked =
  (text: string): Answer =>
  (response) => {
    response.write(text);
    response.end();
  };

/** Part of a text that was promised to be longer; then the connection is closed. */
export const cutOff =
  (text: string, promised: number): Answer =>
  (response) => {
    response.writeHead(200, { 'content-length': promised });
    // What is sent arrives before the end does.
    response.write(text, () => setTimeout(() => response.destroy(), 30));
  };

/** Part of a text that was promised to be longer; then nothing. */
export const stalled =
  (text: string, promised: number): Answer =>
  (response) => {
    response.writeHead(200, { 'content-length': promised });
    response.write(text);
  };

/** No answer at all. */
export const silent: Answer = () => undefined;

/** Bytes without end. */
export const endless: Answer = (response) => {
  const more = (): void => {
    if (!response.destroyed) response.write('x'.repeat(65536), () => setImmediate(more));
  };
  more();
};

/** One answer for each request, the last one for all that follow. */
export const inTurn =
  (...answers: readonly [Answer, ...Answer[]]): Answer =>
  (response, nth, request) => {
    (answers[Math.min(nth, answers.length) - 1] ?? answers[0])(response, nth, request);
  };
