import { PORT_NAMES, RESERVED_PORTS } from '../../model/serving/containers';
import { portProblem } from '../../syntax/port';
import { wordProblem } from '../../syntax/word';
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

/** Source: Linkerd edge-26.8.3, chart values. */
const LINKERD_PROXY_PORTS = [4140, 4143, 4190, 4191];

/** Checks the port of the serving container. */
export function checkPort(admission: Admission, { number, protocol }: ServingPort): void {
  admission.refuse('port.number', portProblem(number));
  if (RESERVED_PORTS.includes(number)) {
    admission.refuse('port.number', `${number} is a port of Serving's queue-proxy: choose another, for example 8080`);
  }
  if (admission.meshed && LINKERD_PROXY_PORTS.includes(number)) {
    admission.refuse('port.number', `${number} is a port of Linkerd's proxy: choose another, or set meshed to false`);
  }
  if (protocol !== undefined) admission.refuse('port.protocol', wordProblem(protocol, PORT_NAMES));
  const { http2 } = admission.networking.limits;
  if (protocol === 'h2c' && http2) admission.refuseForLimit('port.protocol', '"h2c" is refused', http2);
}
