import type { KnativeServiceProps } from '../../lib/knative/service/knative-service';

/** What a team says of a service. Its namespace is the one of its file, and its image is called as the service is. */
export type ServiceDescription = Omit<KnativeServiceProps, 'namespace' | 'name' | 'image'>;

/** A namespace and its services, by their names. */
export interface TeamNamespace {
  readonly name: string;
  readonly services: Readonly<Record<string, ServiceDescription>>;
}

/** A team and what is its own. */
export interface Team {
  readonly name: string;
  readonly namespaces: readonly TeamNamespace[];
}

/** A service that only others of the cluster reach. */
export const INTERNAL: ServiceDescription = { visibility: 'cluster-local' };

/** A namespace, as a file of a team describes it. */
export function namespace(name: string, services: TeamNamespace['services']): TeamNamespace {
  return { name, services };
}

/** A team, as its folder describes it. */
export function team(name: string, namespaces: readonly TeamNamespace[]): Team {
  return { name, namespaces };
}
