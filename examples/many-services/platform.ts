import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { ambassador } from '../../lib/ambassador/ambassador';
import { KnativeService } from '../../lib/knative/service/knative-service';
import { Platform } from '../../lib/platform';
import type { Environment } from './environments';
import type { ServiceDescription, Team } from './team';
import { TEAMS } from './teams';

/** The platform of an environment, with the services of all teams. */
export function platformOf(environment: Environment, teams: readonly Team[] = TEAMS): Platform {
  const platform = new Platform(new App(), environment.name, {
    environment: environment.name,
    domain: environment.domain,
    ingress: ambassador({ replicas: environment.replicas }),
  });
  for (const team of teams) addTeam(platform, team, environment);
  return platform;
}

function addTeam(platform: Platform, { name, namespaces }: Team, environment: Environment): void {
  const scope = new Construct(platform.services, name);
  for (const { name: namespace, services } of namespaces) {
    platform.addNamespace(namespace, { labels: { team: name } });
    for (const [service, description] of Object.entries(services)) {
      new KnativeService(scope, service, {
        ...withDefaults(description, environment),
        namespace,
        image: `registry.example.com/${name}/${service}:${environment.version}`,
      });
    }
  }
}

/** What every service has unless its team says otherwise. */
function withDefaults(description: ServiceDescription, { maxScale }: Environment): ServiceDescription {
  return {
    resources: { requests: { cpu: '50m', memory: '64Mi' } },
    ...description,
    scale: { max: maxScale, ...description.scale },
  };
}
