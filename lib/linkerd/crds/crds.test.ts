import { App } from 'cdk8s';
import { inventory } from '../../../testing/inventory';
import { collectObjects } from '../../objects/collect';
import type { PlatformObject } from '../../objects/manifest';
import { Phase } from '../../objects/phase';
import { linkerdCrds } from './crds';

const objects = (): PlatformObject[] => {
  const phase = new Phase(new App(), 'crds');
  linkerdCrds(phase);
  return collectObjects(phase);
};
const versions = (name: string): unknown =>
  (objects().find(({ manifest }) => manifest.metadata.name === name)?.manifest.spec as { versions: unknown }).versions;

test("all of Linkerd's kinds", () => {
  expect(inventory(objects())).toMatchSnapshot();
});

test('a Server lets nobody in unless it says so', () => {
  const open = { 'x-kubernetes-preserve-unknown-fields': true };
  expect(versions('servers.policy.linkerd.io')).toMatchObject([
    { name: 'v1alpha1', deprecated: true },
    { name: 'v1beta1', deprecated: true },
    { name: 'v1beta2', storage: false },
    {
      name: 'v1beta3',
      storage: true,
      schema: {
        openAPIV3Schema: {
          ...open,
          properties: {
            spec: { ...open, properties: { accessPolicy: { default: 'deny' }, proxyProtocol: { default: 'unknown' } } },
          },
        },
      },
    },
  ]);
});

test('an HTTPRoute without rules takes every path', () => {
  const rule = { matches: [{ path: { type: 'PathPrefix', value: '/' } }] };
  expect(versions('httproutes.policy.linkerd.io')).toHaveProperty(
    '[3].schema.openAPIV3Schema.properties.spec.properties.rules.default',
    [rule],
  );
});

test('columns say how large their numbers are', () => {
  expect(versions('httplocalratelimitpolicies.policy.linkerd.io')).toHaveProperty('[0].additionalPrinterColumns[2]', {
    name: 'Total_RPS',
    jsonPath: '.spec.total.requestsPerSecond',
    type: 'integer',
    format: 'int32',
  });
});
