import type { Check } from './check';
import { administration } from './checks/administration';
import { apiServer } from './checks/api-server';
import { autoscalers } from './checks/autoscalers';
import { certificates } from './checks/certificates';
import { clusterLocal } from './checks/cluster-local';
import { connections } from './checks/connections';
import { injector } from './checks/injector';
import { injectorFailsClosed } from './checks/injector-fails-closed';
import { knativeServices } from './checks/knative-services';
import { linkerdCheck, linkerdVizCheck } from './checks/linkerd-check';
import { podsReady } from './checks/pods-ready';
import { proxies } from './checks/proxies';
import { proxyVersion } from './checks/proxy-version';
import { requests } from './checks/requests';
import { restarts } from './checks/restarts';
import { services } from './checks/services';
import { spoofedRevision } from './checks/spoofed-revision';
import { tappable } from './checks/tappable';
import { traffic } from './checks/traffic';
import { trustRoot } from './checks/trust-root';
import { workloads } from './checks/workloads';

/** Every check, in the order in which they are shown. */
export const CHECKS: readonly Check[] = [
  apiServer,
  workloads,
  services,
  autoscalers,
  injector,
  injectorFailsClosed,
  proxies,
  podsReady,
  restarts,
  proxyVersion,
  trustRoot,
  tappable,
  certificates,
  knativeServices,
  requests,
  clusterLocal,
  spoofedRevision,
  administration,
  traffic,
  connections,
  linkerdCheck,
  linkerdVizCheck,
];
