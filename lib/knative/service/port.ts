import { knownProps, VALUE } from '../../objects/known-props';
import { portProblem } from '../../syntax/port';
import type { Admission } from './admission';

/** The port on which a service's container takes requests. */
export interface ServingPort {
  /** 1 to 65535, but for the ports of queue-proxy and of Linkerd's proxy. */
  readonly number: number;

  /**
   * `http1` is HTTP/1.1 with WebSocket; `h2c` is HTTP/2 without TLS, which gRPC needs.
   *
   * @default 'http1'
   */
  readonly protocol?: 'http1' | 'h2c';
}

/** The props of {@link ServingPort}. */
export const SERVING_PORT = knownProps<ServingPort>({
  number: VALUE,
  protocol: VALUE,
});

/** Source: Linkerd edge-26.8.3, chart values. */
const LINKERD_PROXY_PORTS = [4140, 4143, 4190, 4191];

/** Checks the port of the serving container. */
export function checkPort(admission: Admission, { number, protocol }: ServingPort): void {
  // Serving takes 0, and none, for its default.
  if ((number as unknown) === undefined || number === 0) admission.refuse('port.number', portProblem(number));
  if (admission.meshed && LINKERD_PROXY_PORTS.includes(number)) {
    admission.refuse('port.number', `${number} is a port of Linkerd's proxy: choose another, or set meshed to false`);
  }
  const { http2 } = admission.networking.limits;
  if (protocol === 'h2c' && http2) admission.refuseForLimit('port.protocol', '"h2c" is refused', http2);
}
