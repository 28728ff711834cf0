import { LINKERD_NAMESPACE } from '../control-plane/namespace';
import { VIZ_NAMESPACE } from '../viz/namespace';

/** A service that the API server calls, which shows it a certificate of the webhooks' authority. */
export interface WebhookService {
  readonly service: string;
  readonly namespace: string;

  /** The Secret with its certificate and key, in the same namespace. */
  readonly secret: string;
}

/** The webhooks of Linkerd's control plane and of viz, and viz's tap API. Source: Linkerd edge-26.8.3, the volumes of its Deployments. */
export const WEBHOOK_SERVICES: readonly WebhookService[] = [
  { service: 'linkerd-proxy-injector', namespace: LINKERD_NAMESPACE, secret: 'linkerd-proxy-injector-k8s-tls' },
  { service: 'linkerd-sp-validator', namespace: LINKERD_NAMESPACE, secret: 'linkerd-sp-validator-k8s-tls' },
  { service: 'linkerd-policy-validator', namespace: LINKERD_NAMESPACE, secret: 'linkerd-policy-validator-k8s-tls' },
  { service: 'tap', namespace: VIZ_NAMESPACE, secret: 'tap-k8s-tls' },
  { service: 'tap-injector', namespace: VIZ_NAMESPACE, secret: 'tap-injector-k8s-tls' },
];

/** The name by which the API server calls a service, which its certificate is for. */
export const hostOf = ({ service, namespace }: WebhookService): string => `${service}.${namespace}.svc`;
