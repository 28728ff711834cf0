import { App } from 'cdk8s';
import type { ValidatingWebhookConfigurationProps } from '../../../imports/kubernetes';
import { collectObjects } from '../../objects/collect';
import { Phase } from '../../objects/phase';
import { addServingCrds } from './crds';
import { addWebhookConfigurations } from './webhook-configurations';

const app = new App();
const phase = new Phase(app, 'knative-serving');
addWebhookConfigurations(phase, 'knative-serving');
const configurations = collectObjects(app).map(
  ({ manifest }) => manifest as unknown as ValidatingWebhookConfigurationProps,
);
const webhooks = configurations.flatMap(({ webhooks = [] }) => webhooks);

test('in the form that the controller gives them', () => {
  expect(configurations).toMatchSnapshot();
});

test('each has one webhook of its own name, which is how the controller finds it', () => {
  expect(webhooks.map(({ name }) => name)).toEqual(configurations.map(({ metadata }) => metadata.name));
});

test('no certificate is rendered', () => {
  for (const { clientConfig } of webhooks) expect(clientConfig).not.toHaveProperty('caBundle');
});

test('the rules are for resources that there are, in the version that there is', () => {
  const crds = new Phase(new App(), 'crds');
  addServingCrds(crds);
  const resources = collectObjects(crds).map(({ manifest }) => {
    const { group, names, versions } = manifest.spec as unknown as {
      group: string;
      names: { plural: string };
      versions: [{ name: string }];
    };
    return `${group}/${versions[0].name}/${names.plural}`;
  });
  for (const { rules = [] } of webhooks.filter(({ name }) => name !== 'config.webhook.serving.knative.dev')) {
    expect(rules).toHaveLength(10);
    for (const rule of rules) {
      expect(resources).toContain(
        [rule.apiGroups, rule.apiVersions, rule.resources].map((names) => names?.[0]).join('/'),
      );
    }
  }
});
