import { ApiObject, App, Chart } from 'cdk8s';
import type { Json } from '../lib/objects/manifest';
import { manifestOf } from '../lib/objects/manifest-of';
import { toYaml } from '../lib/render/yaml';
import { serviceValues } from './service-values';

/**
 * What no cdk8s app can do without: an object for each service, from literals, and its YAML. Nothing is asked of it, and nothing is written.
 * The number of services is its argument.
 */
const chart = new Chart(new App(), 'services');
const objects = serviceValues(Number(process.argv[2])).map(
  ({ name, image, env }) =>
    new ApiObject(chart, name, {
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      metadata: { name, namespace: 'default' },
      spec: {
        template: {
          metadata: { annotations: { 'linkerd.io/inject': 'enabled', 'viz.linkerd.io/tap-enabled': 'true' } },
          spec: { containers: [{ image, env: Object.entries(env).map(([name, value]) => ({ name, value })) }] },
        },
      },
    }),
);
process.stdout.write(objects.map((object) => toYaml(manifestOf(object) as Json)).join('---\n'));
