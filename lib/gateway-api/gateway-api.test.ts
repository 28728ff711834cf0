import { join } from 'node:path';
import { App } from 'cdk8s';
import { inventory } from '../../testing/inventory';
import { testWith, upstreamDir } from '../../testing/requirements';
import { Namespaces } from '../namespaces';
import { collectObjects } from '../objects/collect';
import type { PlatformObject } from '../objects/manifest';
import { warningsOf } from '../objects/mistakes';
import { Phase } from '../objects/phase';
import { readLock } from '../releases/lock';
import { LOCK_FILE, projectRoot } from '../releases/project-root';
import type { Release } from '../releases/release';
import { TemporaryRoot } from '../releases/testing/temporary-root';
import { addGatewayApi, EXTERNAL_GATEWAY_API } from './gateway-api';
import { GATEWAY_API_VERSION } from './version';

interface Rendered {
  readonly version: string | undefined;
  readonly objects: PlatformObject[];
  readonly warnings: string[];
}

function render(release: Release, root?: string): Rendered {
  const app = new App();
  const namespaces = new Namespaces(app);
  const context = { crds: new Phase(app, 'crds'), namespaces, ...(root !== undefined && { root }) };
  const version = addGatewayApi(context, release);
  return { version, objects: collectObjects(app), warnings: warningsOf(app).map(({ message }) => message) };
}

test('the version is the one that the lock pins', () => {
  expect(readLock(join(projectRoot(), LOCK_FILE)).components['gateway-api']?.version).toBe(GATEWAY_API_VERSION);
});

test('external: nothing is rendered and nothing is warned of, and the summary says what to run', () => {
  expect(render('external')).toEqual({ version: undefined, objects: [], warnings: [] });
  expect(EXTERNAL_GATEWAY_API).toBe(
    'for linkerd check: kubectl apply -f https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.5.1/standard-install.yaml',
  );
});

describe('embedded', () => {
  test('the two kinds that linkerd check asks for', () => {
    const { version, objects } = render('embedded');
    expect(version).toBe('1.5.1');
    expect(inventory(objects)).toMatchSnapshot();
    expect(objects.map(({ manifest }) => manifest)).toMatchObject([
      {
        metadata: { name: 'grpcroutes.gateway.networking.k8s.io' },
        spec: { versions: [{ name: 'v1', served: true }] },
      },
      {
        metadata: { name: 'httproutes.gateway.networking.k8s.io' },
        spec: {
          versions: [
            { name: 'v1beta1', served: true, storage: false },
            { name: 'v1', served: true, storage: true },
          ],
        },
      },
    ]);
  });

  test('they carry what the API server and other installers look at', () => {
    for (const { manifest } of render('embedded').objects) {
      expect(manifest.metadata.annotations).toMatchObject({
        'api-approved.kubernetes.io': expect.stringMatching(/^https:/) as string,
        'gateway.networking.k8s.io/bundle-version': 'v1.5.1',
        'gateway.networking.k8s.io/channel': 'standard',
      });
    }
  });

  test('an HTTPRoute without rules takes every path', () => {
    const [, httpRoute] = render('embedded').objects;
    expect(httpRoute?.manifest.spec).toHaveProperty(
      'versions[1].schema.openAPIV3Schema.properties.spec.properties.rules.default',
      [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }],
    );
  });

  test('a warning says which clusters they are for', () => {
    expect(render('embedded').warnings).toEqual([
      'releases.gateway-api: is "embedded", so HTTPRoute and GRPCRoute have no schemas: for a throw-away cluster alone; where others use Gateway API, or a newer one is installed, choose "external" or "vendored"',
    ]);
  });
});

describe('vendored', () => {
  let root: TemporaryRoot;
  afterEach(() => {
    root.remove();
  });

  test('all of it goes to the CRDs as it stands', () => {
    const crd =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: routes.example.com\n';
    const policy =
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata:\n  name: guard\n';
    root = new TemporaryRoot({ 'gateway-api': { 'crd.yaml': { text: crd }, 'policy.yaml': { text: policy } } });
    const { version, objects, warnings } = render('vendored', root.path);
    expect(version).toBe('1.2.3');
    expect(objects.map(({ phase, text }) => [phase, text])).toEqual([
      ['10-crds', crd],
      ['10-crds', policy],
    ]);
    expect(warnings).toEqual([]);
  });

  test('files that are not there are a mistake', () => {
    root = new TemporaryRoot({ 'gateway-api': { 'crd.yaml': {} } });
    expect(() => render('vendored', root.path)).toThrow(
      'crds/gateway-api/release: vendor/gateway-api/1.2.3/crd.yaml is missing: run npm run vendor',
    );
  });

  testWith('UPSTREAM_DIR')('the real release: eight kinds, and the policy that guards them', () => {
    root = new TemporaryRoot();
    root.copy(join(projectRoot(), LOCK_FILE), LOCK_FILE);
    root.copy(join(upstreamDir(), 'gateway-api'), join('vendor', 'gateway-api'));
    const { version, objects } = render('vendored', root.path);
    expect(version).toBe(GATEWAY_API_VERSION);
    expect(new Set(objects.map(({ phase }) => phase))).toEqual(new Set(['10-crds']));
    const kinds = objects.map(({ manifest }) => manifest.kind);
    expect(kinds.filter((kind) => kind === 'CustomResourceDefinition')).toHaveLength(8);
    expect(kinds.slice(8)).toEqual(['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding']);
    expect(objects.every(({ text }) => text !== undefined)).toBe(true);
  });
});
