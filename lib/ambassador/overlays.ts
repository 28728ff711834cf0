import type { ModuleProps } from '../../imports/getambassador.io';
import { Listener, Module } from '../../imports/getambassador.io';
import type { DeploymentProps, PolicyRule, ServiceProps } from '../../imports/kubernetes';
import { ClusterRole, Deployment, Service } from '../../imports/kubernetes';
import { without } from '../objects/without';
import { withOwnDeployment } from '../releases/own-deployment';
import type { Overlay } from '../releases/overlay';
import { overlay, removal } from '../releases/overlay';
import { AMBASSADOR, KNATIVE_SERVICE_LABEL } from './labels';

/** The platform's own objects that a vendored release has as well: they lie over the release's. */
export interface OwnObjects {
  readonly deployment: DeploymentProps;
  readonly publicService: ServiceProps;
  readonly adminService: ServiceProps;
  readonly module: ModuleProps;
  readonly rules: readonly PolicyRule[];
}

const of = (name: string): { name: string; namespace: string } => ({ name, namespace: AMBASSADOR });

/**
 * What a vendored release of Ambassador is rendered with, so that it is no more open than the embedded one.
 *
 * @param image whether the Deployment's image is the platform's; otherwise it is the release's
 */
export function ambassadorOverlays(own: OwnObjects, { image }: { readonly image: boolean }): Overlay[] {
  return [
    ...['ambassador-http-listener', 'ambassador-https-listener'].map((name) =>
      removal({
        kind: Listener,
        of: of(name),
        because:
          "it takes everybody's Hosts, and parts public names from cluster-local ones as little as its port does",
      }),
    ),
    overlay({
      kind: Module,
      of: of(AMBASSADOR),
      because:
        'diagnostics would be public, a spoofed revision header would pass, and a host with a port would not be found',
      change: (module) => ({ ...module, spec: own.module.spec }),
    }),
    overlay({
      kind: Service,
      of: of(AMBASSADOR),
      because: 'Knative is to use the internal Service, and options of the platform are for this one',
      change: ({ metadata, spec, ...service }) => ({
        ...service,
        metadata: {
          ...metadata,
          labels: without(metadata.labels ?? {}, ...Object.keys(KNATIVE_SERVICE_LABEL)),
          ...(own.publicService.metadata.annotations && {
            annotations: { ...metadata.annotations, ...own.publicService.metadata.annotations },
          }),
        },
        spec: { ...spec, ...own.publicService.spec },
      }),
    }),
    overlay({
      kind: Service,
      of: of(`${AMBASSADOR}-admin`),
      because: 'port 8005 is for debugging: it shows the whole configuration',
      change: ({ spec, ...service }) => ({ ...service, spec: { ...spec, ...own.adminService.spec } }),
    }),
    overlay({
      kind: ClusterRole,
      of: AMBASSADOR,
      because: 'a controller fills the rules of a role that aggregates others',
      change: (role) => without(role, 'rules'),
    }),
    overlay({
      kind: ClusterRole,
      of: `${AMBASSADOR}-crd`,
      because: 'Emissary needs to read definitions, not to delete them',
      change: ({ rules, ...role }) => ({
        ...role,
        rules: (rules ?? []).map((rule) => ({ ...rule, verbs: rule.verbs.filter((verb) => READ.includes(verb)) })),
      }),
    }),
    overlay({
      kind: ClusterRole,
      of: `${AMBASSADOR}-watch`,
      because: 'Emissary reads what it watches and updates statuses, no more',
      change: (role) => ({ ...role, rules: own.rules }),
    }),
    overlay({
      kind: Deployment,
      of: of(AMBASSADOR),
      because: "its pods are meshed and hardened, and the platform's options are for them",
      change: (deployment) => withOwnDeployment(deployment, own.deployment, image),
    }),
  ];
}

const READ = ['get', 'list', 'watch'];
