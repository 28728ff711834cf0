import { Construct } from 'constructs';
import { addMistake, addWarning } from '../../objects/mistakes';
import type { Phase } from '../../objects/phase';
import { trustAnchorsProblems } from '../../releases/trust-anchors';
import { cidrProblem } from '../../syntax/cidr';
import { wholeNumberProblem } from '../../syntax/whole-number';
import type { ProxyConfig } from '../../mesh/proxy-config';
import { proxyAnnotations } from '../../mesh/proxy-config';
import { resourcesProblems } from '../../mesh/resources';
import { addDestination } from './destination';
import { addHeartbeat } from './heartbeat';
import { httpUrlProblem } from './http-url';
import { addIdentity } from './identity';
import { registryProblem } from './images';
import { addLinkerdConfig } from './linkerd-config';
import type { LinkerdControlPlaneProps } from './props';
import { addProxyInjector } from './proxy-injector';
import { addRights } from './rbac';
import { addServices } from './services';
import { controlPlaneSettings, proxyOf } from './settings';
import { addWebhooks } from './webhooks';
import { addDisruptionBudget } from './workload';

/** Annotations of pods that the control plane writes itself. */
const OWN_ANNOTATIONS = ['linkerd.io/', 'config.linkerd.io/'];

/**
 * Linkerd's control plane, edge-26.8.3, embedded: all but its Secrets, CRDs and namespace. Pods of the namespaces that the
 * platform meshes are born meshed: they are created when the injector answers, never without a proxy.
 */
export class LinkerdControlPlane extends Construct {
  /** @param scope the phase of the control plane */
  constructor(scope: Phase, props: LinkerdControlPlaneProps) {
    super(scope, 'linkerd-control-plane');
    for (const message of problems(props)) addMistake(this, `linkerd.${message}`);
    // The annotations themselves are not wanted here: what is wrong with the settings is recorded on the way.
    proxyAnnotations(this, 'linkerd.proxy', proxyOf(props));
    if (props.injectorReplicas === 1) {
      addWarning(
        this,
        'linkerd.injectorReplicas: 1 means that no pod of a meshed namespace is created while that one restarts: give 2 or more',
      );
    }

    const settings = controlPlaneSettings(props);
    addRights(this, settings.heartbeat);
    addLinkerdConfig(this, settings);
    addServices(this);
    addIdentity(this, settings);
    addDestination(this, settings);
    addProxyInjector(this, settings);
    addWebhooks(this, settings);
    if (settings.heartbeat) addHeartbeat(this, settings);
    addDisruptionBudget(this, 'linkerd-proxy-injector', 'proxy-injector');
    if (settings.highAvailability) {
      addDisruptionBudget(this, 'linkerd-dst', 'destination');
      addDisruptionBudget(this, 'linkerd-identity', 'identity');
    }
  }
}

function problems(props: LinkerdControlPlaneProps): string[] {
  const found: string[] = [];
  const note = (prop: string, problem: string | undefined): void => {
    if (problem !== undefined) found.push(`${prop}: ${problem}`);
  };
  for (const prop of ['trustAnchors', 'webhookCaBundle'] as const) {
    const pem = props[prop];
    for (const problem of pem === undefined ? [] : trustAnchorsProblems(pem)) note(prop, problem);
  }
  for (const prop of ['replicas', 'injectorReplicas'] as const) {
    const value = props[prop];
    if (value !== undefined) note(prop, wholeNumberProblem(value, 1, 100));
  }
  if (props.heartbeatHour !== undefined) note('heartbeatHour', wholeNumberProblem(props.heartbeatHour, 0, 23));
  for (const prop of ['clusterNetworks', 'probeNetworks'] as const) {
    for (const network of props[prop] ?? []) note(prop, cidrProblem(network));
    if (props[prop]?.length === 0) note(prop, '[] holds no address range: leave it out, or give one');
  }
  for (const [container, resources] of Object.entries(props.resources ?? {})) {
    for (const [name, problem] of resourcesProblems(resources)) note(`resources.${container}.${name}`, problem);
  }
  if (props.imageRegistry !== undefined) note('imageRegistry', registryProblem(props.imageRegistry));
  note('prometheusUrl', httpUrlProblem(props.prometheusUrl));
  for (const key of Object.keys(props.podAnnotations ?? {})) {
    if (OWN_ANNOTATIONS.some((prefix) => key.startsWith(prefix))) {
      note('podAnnotations', `${key} is Linkerd's own: leave it out`);
    }
  }
  for (const problem of proxyProblems(props.proxy)) found.push(`proxy.${problem}`);
  return found;
}

/** Ports of the control plane to which proxies speak TLS of the mesh: past its own proxies nobody understands them. */
const MESH_PORTS = [8080, 8086, 8090];

/** What is wrong with the proxy of the whole mesh, beyond what is wrong with any. */
function proxyProblems({ skipInboundPorts = [] }: ProxyConfig = {}): string[] {
  const found: string[] = [];
  for (const skipped of skipInboundPorts) {
    const [from = 0, to = from] = String(skipped).split('-').map(Number);
    const port = MESH_PORTS.find((candidate) => from <= candidate && candidate <= to);
    if (port === undefined) continue;
    found.push(
      `skipInboundPorts: ${skipped} cuts the mesh off from its control plane, whose own port ${port} takes mTLS: set it on the namespaces that need it`,
    );
  }
  return found;
}
