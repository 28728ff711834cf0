import type { Labels, Sample } from './prometheus-text';
import { MetricsReader } from './prometheus-text';

/** Series that count what was sent. Source: Linkerd edge-26.8.3, the proxy's metrics. */
const REQUESTS = 'request_total';
const RESPONSES = 'response_total';
const CONNECTIONS = 'tcp_open_total';

/** Labels of a response, and of a side of a connection: without them the three series of one kind of sending have the same labels. */
const OWN_LABELS = ['peer', 'status_code', 'classification', 'grpc_status', 'error'];

/** Of so many kinds of sending one proxy tells, at most: each service that it has called is one or a few. */
const MOST_KINDS = 200_000;

/** What one proxy has sent in one way: to one address of one pod, with mTLS or without. */
export interface Sent {
  /** Those that the series have in common: who was called, and `tls`. */
  readonly labels: Labels;

  /** Requests that whoever was called has answered. */
  answered: number;

  /** Requests that came to nothing, or were refused by the called proxy, by what became of them: `502`. */
  readonly failed: Map<string, number>;

  /** Requests, answered or not; `undefined` where none is counted, since what was sent is not read as HTTP. */
  requests: number | undefined;

  /** Connections that came about. */
  connections: number;
}

/** Reads what a proxy has sent from its metrics: requests joined with their responses by the labels that they have in common. */
export class Outbound extends MetricsReader {
  private readonly kinds = new Map<string, Sent>();

  constructor() {
    super([REQUESTS, RESPONSES, CONNECTIONS], (sample) => {
      this.take(sample);
    });
  }

  get sent(): readonly Sent[] {
    return [...this.kinds.values()];
  }

  private take({ name, labels, value }: Sample): void {
    // Of a connection the side `src` is within the pod.
    if (labels.direction !== 'outbound' || (name === CONNECTIONS && labels.peer !== 'dst')) return;
    const sent = this.kindOf(labels);
    if (name === CONNECTIONS) sent.connections += value;
    else if (name === REQUESTS) sent.requests = (sent.requests ?? 0) + value;
    else if (isAnswered(labels)) sent.answered += value;
    else {
      const became = [labels.status_code, labels.error].find((text = '') => text !== '') ?? 'no status';
      sent.failed.set(became, (sent.failed.get(became) ?? 0) + value);
    }
  }

  private kindOf(all: Labels): Sent {
    const labels = Object.fromEntries(Object.entries(all).filter(([name]) => !OWN_LABELS.includes(name)));
    const key = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    const earlier = this.kinds.get(key);
    if (earlier !== undefined) return earlier;
    if (this.kinds.size === MOST_KINDS) throw new Error(`it has sent to more than ${MOST_KINDS} addresses`);
    const sent: Sent = { labels, answered: 0, failed: new Map(), requests: undefined, connections: 0 };
    this.kinds.set(key, sent);
    return sent;
  }
}

/**
 * Whether a response is of whoever was called. The proxy says `failure` of 5xx and of gRPC's own failures; a refusal by the called proxy's policy is
 * a `success` to it: 403, or gRPC's PERMISSION_DENIED. Source: linkerd2-proxy, linkerd/app/core/src/classify.rs.
 */
const isAnswered = ({ classification, status_code, grpc_status }: Labels): boolean =>
  classification === 'success' && status_code !== '403' && grpc_status !== '7';

export const isMtls = ({ labels }: Sent): boolean => labels.tls === 'true';

export const failedOf = ({ failed }: Sent): number => [...failed.values()].reduce((sum, times) => sum + times, 0);

/** Requests that are on their way, and streams that go on. */
export const openOf = (sent: Sent): number => Math.max(0, (sent.requests ?? 0) - sent.answered - failedOf(sent));

/** Whether the proxy reads it as HTTP. A proxy forgets what nobody adds to for ten minutes, its requests and connections each for itself. */
export const isHttp = ({ requests, answered, failed }: Sent): boolean =>
  requests !== undefined || answered > 0 || failed.size > 0;

/** How often something got through: requests that were answered or go on; of what is no HTTP, connections, which count when they have come about with their TLS. */
export const gotThrough = (sent: Sent): number => (isHttp(sent) ? sent.answered + openOf(sent) : sent.connections);
