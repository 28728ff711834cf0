import type { Rule } from './rule';
import { applySize } from './rules/apply-size';
import { budgetBlocksDrain } from './rules/budget-blocks-drain';
import { certificateExpired } from './rules/certificate-expired';
import { certificateExpiresSoon } from './rules/certificate-expires-soon';
import { certificateHost } from './rules/certificate-host';
import { clusterLocalPublic } from './rules/cluster-local-public';
import { controllerOwned } from './rules/controller-owned';
import { crdMissing } from './rules/crd-missing';
import { customResourceSchema } from './rules/custom-resource-schema';
import { declaredTwice } from './rules/declared-twice';
import { generateName } from './rules/generate-name';
import { imageAllowed } from './rules/image-allowed';
import { imageDigest } from './rules/image-digest';
import { inboundPolicy } from './rules/inbound-policy';
import { injectorFailsOpen } from './rules/injector-fails-open';
import { knativeConfig } from './rules/knative-config';
import { knativeLimits } from './rules/knative-limits';
import { kubernetesSchema } from './rules/kubernetes-schema';
import { missingReference } from './rules/missing-reference';
import { mtlsOpened } from './rules/mtls-opened';
import { networkingLimits } from './rules/networking-limits';
import { notMeshed } from './rules/not-meshed';
import { notRendered } from './rules/not-rendered';
import { notTappable } from './rules/not-tappable';
import { podSecurity } from './rules/pod-security';
import { privateKey } from './rules/private-key';
import { proxyCpuRequest } from './rules/proxy-cpu-request';
import { proxyEnvOnNamespace } from './rules/proxy-env-on-namespace';
import { replicasAutoscaled } from './rules/replicas-autoscaled';
import { resourceBeforeCrd } from './rules/resource-before-crd';
import { undeclaredPort } from './rules/undeclared-port';
import { unreadableDocument } from './rules/unreadable-document';
import { waiverUnused } from './rules/waiver-unused';
import { webSocketMapping } from './rules/web-socket-mapping';
import { wildcardRole } from './rules/wildcard-role';

/** Every rule, in the order in which they are asked and shown. */
export const RULES: readonly Rule[] = [
  kubernetesSchema,
  customResourceSchema,
  crdMissing,
  resourceBeforeCrd,
  unreadableDocument,
  declaredTwice,
  notRendered,
  generateName,
  privateKey,
  applySize,
  controllerOwned,
  missingReference,
  waiverUnused,
  replicasAutoscaled,
  budgetBlocksDrain,
  imageDigest,
  imageAllowed,
  notMeshed,
  injectorFailsOpen,
  podSecurity,
  proxyCpuRequest,
  notTappable,
  proxyEnvOnNamespace,
  inboundPolicy,
  mtlsOpened,
  undeclaredPort,
  certificateHost,
  certificateExpired,
  certificateExpiresSoon,
  knativeLimits,
  knativeConfig,
  networkingLimits,
  clusterLocalPublic,
  webSocketMapping,
  wildcardRole,
];
