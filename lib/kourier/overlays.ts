import type {
  ClusterRoleProps,
  ConfigMapProps,
  DeploymentProps,
  HorizontalPodAutoscalerProps,
  PodDisruptionBudgetProps,
  ServiceProps,
} from '../../imports/kubernetes';
import {
  ClusterRole,
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  PodDisruptionBudget,
  Service,
} from '../../imports/kubernetes';
import type { Overlay } from '../releases/overlay';
import { overlay, removal } from '../releases/overlay';
import { withOwnDeployment } from '../releases/own-deployment';
import { CONTROLLER, CONTROLLER_NAMESPACE, GATEWAY, KOURIER, KOURIER_NAMESPACE } from './labels';
import { CONTROLLER_ACCOUNT } from './rbac';

/** The platform's own objects that a vendored release has as well: they lie over the release's. */
export interface OwnObjects {
  readonly bootstrap: ConfigMapProps;
  readonly config: ConfigMapProps;
  readonly clusterRole: ClusterRoleProps;
  readonly publicService: ServiceProps;
  readonly controller: DeploymentProps;
  readonly gateway: DeploymentProps;
  readonly disruptionBudget: PodDisruptionBudgetProps;

  /** `undefined` where the number of gateways is fixed. */
  readonly autoscaler: HorizontalPodAutoscalerProps | undefined;
}

/** Whether a Deployment's image is the platform's; otherwise it is the release's. */
export interface OwnImages {
  readonly gateway: boolean;
  readonly controller: boolean;
}

const edge = (name: string): { name: string; namespace: string } => ({ name, namespace: KOURIER_NAMESPACE });
const serving = (name: string): { name: string; namespace: string } => ({ name, namespace: CONTROLLER_NAMESPACE });

/** What a vendored release of Kourier is rendered with, so that it is no more open than the embedded one. */
export function kourierOverlays(own: OwnObjects, images: OwnImages): Overlay[] {
  const { autoscaler } = own;
  return [
    overlay({
      kind: ConfigMap,
      of: edge('kourier-bootstrap'),
      because:
        "Envoy's administration would be reachable beside its metrics, and listeners could be ended from outside",
      change: (configMap) => ({ ...configMap, data: { ...configMap.data, ...own.bootstrap.data } }),
    }),
    ...(own.config.data === undefined
      ? []
      : [
          overlay({
            kind: ConfigMap,
            of: serving('config-kourier'),
            because: "the platform's options are for it",
            change: (configMap) => ({ ...configMap, data: { ...configMap.data, ...own.config.data } }),
          }),
        ]),
    overlay({
      kind: ClusterRole,
      of: CONTROLLER_ACCOUNT,
      because: 'ConfigMaps and Leases are those of its own namespace, for which it has a Role',
      change: (role) => ({ ...role, rules: own.clusterRole.rules ?? [] }),
    }),
    overlay({
      kind: Service,
      of: edge(KOURIER),
      because: "the platform's options are for it",
      change: ({ metadata, spec, ...service }) => ({
        ...service,
        metadata: {
          ...metadata,
          ...(own.publicService.metadata.annotations && {
            annotations: { ...metadata.annotations, ...own.publicService.metadata.annotations },
          }),
        },
        spec: { ...spec, ...own.publicService.spec },
      }),
    }),
    overlay({
      kind: Deployment,
      of: serving(CONTROLLER),
      because: "its pods can be tapped, and the platform's options are for them",
      change: (deployment) => withOwnDeployment(deployment, own.controller, images.controller),
    }),
    overlay({
      kind: Deployment,
      of: edge(GATEWAY),
      because: "its pods have an identity of their own in the mesh, and the platform's options are for them",
      change: (deployment) => withOwnDeployment(deployment, own.gateway, images.gateway),
    }),
    autoscaler === undefined
      ? removal({
          kind: HorizontalPodAutoscaler,
          of: edge(GATEWAY),
          because: 'the number of gateways is fixed',
        })
      : overlay({
          kind: HorizontalPodAutoscaler,
          of: edge(GATEWAY),
          because: "the platform's options are for it",
          change: (given) => ({ ...given, ...(autoscaler.spec && { spec: autoscaler.spec }) }),
        }),
    overlay({
      kind: PodDisruptionBudget,
      of: edge(`${GATEWAY}-pdb`),
      because: '80 % of one pod keeps every node from being drained',
      change: (budget) => ({ ...budget, ...(own.disruptionBudget.spec && { spec: own.disruptionBudget.spec }) }),
    }),
  ];
}
