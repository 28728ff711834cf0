import { knownProps, VALUE } from '../objects/known-props';
import type { Construct } from 'constructs';
import { ConfigMap } from '../../imports/kubernetes';
import { addMistake } from '../objects/mistakes';
import type { GoDuration } from '../syntax/go-duration';
import { goDurationProblem } from '../syntax/go-duration';
import { wholeNumberProblem } from '../syntax/whole-number';
import { CONTROLLER_NAMESPACE, LABELS } from './labels';
import type { KourierTls } from './tls';
import { tlsData } from './tls';

/** Settings of the gateways. Source: net-kourier 1.23.0, `pkg/reconciler/ingress/config/kourier.go`. */
export interface KourierConfig {
  /**
   * Whether requests to services are logged: `true` in Envoy's format, or a format of your own in Envoy's notation.
   *
   * @default true
   */
  readonly accessLog?: boolean | string;

  /**
   * How long a request may go without a byte either way; `0s` is without a limit. What the service says counts as well.
   *
   * @default '0s'
   */
  readonly idleTimeout?: GoDuration;

  /**
   * How many proxies in front of the gateways are trusted with `x-forwarded-for`, 0 or more.
   *
   * @default 0
   */
  readonly trustedHops?: number;

  /**
   * The cipher suites of HTTPS, by Envoy's names, for example `ECDHE-ECDSA-AES128-GCM-SHA256`.
   *
   * @default - Envoy's
   */
  readonly cipherSuites?: readonly string[];

  /**
   * Whether responses without a header `server` get one, `envoy`.
   *
   * @default true
   */
  readonly serverHeader?: boolean;
}

/** The props of {@link KourierConfig}. */
export const KOURIER_CONFIG = knownProps<KourierConfig>({
  accessLog: VALUE,
  idleTimeout: VALUE,
  trustedHops: VALUE,
  cipherSuites: VALUE,
  serverHeader: VALUE,
});

/** What else is written into the ConfigMap. */
export interface KourierConfigContext {
  readonly tls: KourierTls | undefined;

  /** Whether gateways see their clients' addresses, and hand them on. */
  readonly preserveClientAddress: boolean;
}

/** Declares the ConfigMap `config-kourier`, with what differs from Kourier's defaults. */
export function addConfig(scope: Construct, config: KourierConfig, context: KourierConfigContext): void {
  for (const problem of problems(config)) addMistake(scope, problem);
  const data = { ...configData(config, context), ...(context.tls && tlsData(scope, context.tls)) };
  new ConfigMap(scope, 'config', {
    metadata: { name: 'config-kourier', namespace: CONTROLLER_NAMESPACE, labels: LABELS },
    // Empty data would be patched on every apply.
    ...(Object.keys(data).length > 0 && { data }),
  });
}

function configData(
  { accessLog, idleTimeout, trustedHops, cipherSuites, serverHeader }: KourierConfig,
  { preserveClientAddress }: KourierConfigContext,
): Record<string, string> {
  return {
    ...(typeof accessLog === 'boolean' && { 'enable-service-access-logging': String(accessLog) }),
    ...(typeof accessLog === 'string' && { 'service-access-log-template': accessLog }),
    ...(idleTimeout !== undefined && { 'stream-idle-timeout': idleTimeout }),
    ...(trustedHops !== undefined && { 'trusted-hops-count': String(trustedHops) }),
    ...(cipherSuites && { 'cipher-suites': cipherSuites.join(',') }),
    ...(serverHeader !== undefined && { 'disable-envoy-server-header': String(!serverHeader) }),
    ...(preserveClientAddress && { 'use-remote-address': 'true' }),
  };
}

function problems({ accessLog, idleTimeout, trustedHops, cipherSuites }: KourierConfig): string[] {
  const found: (readonly [prop: string, problem: string | undefined])[] = [
    ['accessLog', accessLog === '' ? '"" is no format: write one, or true for the default' : undefined],
    ['idleTimeout', idleTimeout === undefined ? undefined : goDurationProblem(idleTimeout)],
    ['trustedHops', trustedHops === undefined ? undefined : wholeNumberProblem(trustedHops, 0)],
    ['cipherSuites', cipherSuites?.length === 0 ? 'is empty: name at least one, or leave it out' : undefined],
    ...(cipherSuites ?? []).map(
      (suite, index) =>
        [
          `cipherSuites[${index}]`,
          /^[A-Z0-9_-]+$/.test(suite)
            ? undefined
            : `${JSON.stringify(suite)} is not a cipher suite: write for example "ECDHE-ECDSA-AES128-GCM-SHA256"`,
        ] as const,
    ),
  ];
  return found.flatMap(([prop, problem]) => (problem === undefined ? [] : [`config.${prop}: ${problem}`]));
}
