import type { Container } from '../../../imports/kubernetes';
import type { ProxyEnvProps } from './env';
import { proxyEnv } from './env';
import { resourceRequirements } from '../../mesh/resources';
import { PROXY_PORTS, PROXY_UID } from './settings';
import { PROXY_MOUNTS } from './volumes';

export interface ProxyContainerProps extends ProxyEnvProps {
  /**
   * Whether the pod's containers wait for the proxy. Linkerd's identity service cannot: its own proxy waits for it.
   *
   * @default true
   */
  readonly first?: boolean;
}

/**
 * The proxy of a pod of the control plane: what the proxy injector adds to all others. As a native sidecar it stands among the
 * init containers, otherwise among the containers.
 */
export function proxyContainer({ first = true, ...props }: ProxyContainerProps): Container {
  const { settings } = props;
  const native = first && settings.nativeSidecar;
  const ready = { httpGet: { path: '/ready', port: PROXY_PORTS.admin } };
  return {
    name: 'linkerd-proxy',
    image: settings.image,
    imagePullPolicy: 'IfNotPresent',
    env: proxyEnv(props),
    ports: [
      { name: 'linkerd-proxy', containerPort: PROXY_PORTS.inbound },
      { name: 'linkerd-admin', containerPort: PROXY_PORTS.admin },
    ],
    livenessProbe: {
      httpGet: { path: '/live', port: PROXY_PORTS.admin },
      initialDelaySeconds: 10,
      timeoutSeconds: 1,
    },
    readinessProbe: { ...ready, initialDelaySeconds: 2, timeoutSeconds: 1 },
    ...(native && { startupProbe: { ...ready, initialDelaySeconds: 0, periodSeconds: 1, failureThreshold: 120 } }),
    ...(first && !native && { lifecycle: { postStart: { exec: { command: AWAIT } } } }),
    ...resourceRequirements(settings),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: PROXY_UID,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: PROXY_MOUNTS,
    ...(native && { restartPolicy: 'Always' as const }),
  };
}

/** Holds back the containers behind it until the proxy is ready. */
const AWAIT = ['/usr/lib/linkerd/linkerd-await', '--timeout=2m', `--port=${PROXY_PORTS.admin}`];
