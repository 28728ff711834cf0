import { parse } from 'yaml';
import type { ApplicationProps } from '../../imports/argoproj.io';
import { COMPARE_OPTIONS, SYNC_WAVE } from '../../imports/argoproj.io';
import type { PlatformObject } from '../objects/manifest';
import { filesOf, renderFiles } from '../render/files';
import { ARGO_CD_FIRST_LINE, argoCdDelivery, WAVES } from './argo-cd';
import type { ArgoCdChoices } from './argo-cd-settings';
import { argoCdSettings } from './argo-cd-settings';
import { DELIVERIES } from './delivery';
import { inParts, platformObjects } from '../../testing/platform-objects';

/** Rendered once. */
const OBJECTS = platformObjects();

const deliver = (objects: readonly PlatformObject[] = OBJECTS, choices: ArgoCdChoices = {}) =>
  argoCdDelivery(filesOf(objects), argoCdSettings({ url: 'https://git.example.com/a.git', ...choices }), {
    root: '/repository',
    dist: '/repository/platform/dist',
    folder: '/repository/platform/argo-cd',
  });

function applications(delivery = deliver()): Map<string, ApplicationProps> {
  const children = delivery.files.filter(({ name }) => name.startsWith('applications/'));
  return new Map(
    children.map(({ text }) => {
      const application = parse(text) as ApplicationProps;
      return [application.metadata.name, application];
    }),
  );
}

/** The names that a glob of Argo CD stands for, where it has braces alone. */
const named = (glob = ''): string[] => glob.replace(/^\{(.*)\}$/, '$1').split(',');

test.each([
  ['one file a phase', OBJECTS],
  ['phases in parts', inParts(OBJECTS, '20-linkerd', ['1', '2', '3'])],
])('%s: each file of dist/ is in exactly one Application, and no other file is', (_, objects) => {
  const included = [...applications(deliver(objects)).values()].flatMap(({ spec }) => {
    expect(spec.source).toMatchObject({ path: 'platform/dist', directory: { recurse: false } });
    return named(spec.source.directory?.include);
  });
  expect(included.sort()).toEqual(renderFiles(objects).map(({ name }) => name));
});

test('an Application is in a later wave than whatever its phase waits for', () => {
  for (const [phase, { after }] of Object.entries(DELIVERIES)) {
    for (const earlier of after) expect(WAVES[earlier]).toBeLessThan(WAVES[phase as keyof typeof WAVES]);
  }
  // Its controllers do not start without their ConfigMaps.
  expect(WAVES['knative-config']).toBeLessThan(WAVES['knative-serving']);
  // What is in the last wave holds nothing up.
  expect(WAVES['linkerd-viz']).toBe(Math.max(...Object.values(WAVES)));
  for (const { metadata } of applications().values()) expect(metadata.annotations?.[SYNC_WAVE]).toMatch(/^[0-3]$/);
});

test('namespaces and CRDs are never deleted, and all else goes when it is no longer rendered', () => {
  const kept = [...applications().values()].filter(({ spec }) => spec.syncPolicy?.automated?.prune !== true);
  expect(kept.map(({ metadata }) => metadata.name)).toEqual(['knitmesh-namespaces', 'knitmesh-crds']);
  for (const { metadata } of applications().values()) {
    expect(metadata.finalizers !== undefined).toBe(!kept.some(({ metadata: { name } }) => name === metadata.name));
  }
});

test('it applies as the server side sees it, and compares likewise', () => {
  for (const { metadata, spec } of applications().values()) {
    expect(metadata.annotations?.[COMPARE_OPTIONS]).toBe('ServerSideDiff=true,IncludeMutationWebhook=true');
    expect(spec.syncPolicy).toMatchObject({
      automated: { selfHeal: true },
      syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true'],
      retry: { limit: 5 },
    });
  }
});

test('what controllers fill in is no difference', () => {
  const ignored = applications().get('knitmesh-knative-serving')?.spec.ignoreDifferences;
  const group = 'admissionregistration.k8s.io';
  const jqPathExpressions = ['.webhooks[]?.clientConfig.caBundle'];
  expect(ignored).toEqual([
    ...['admin', 'aggregated-addressable-resolver'].map((role) => ({
      group: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: `knative-serving-${role}`,
      jsonPointers: ['/rules'],
    })),
    { kind: 'Secret', name: 'webhook-certs', namespace: 'knative-serving', jsonPointers: ['/data'] },
    ...['activator', 'webhook'].map((name) => ({
      group: 'apps',
      kind: 'Deployment',
      name,
      namespace: 'knative-serving',
      jsonPointers: ['/spec/replicas'],
    })),
    { group, kind: 'MutatingWebhookConfiguration', name: 'webhook.serving.knative.dev', jqPathExpressions },
    ...['config', 'validation.webhook'].map((name) => ({
      group,
      kind: 'ValidatingWebhookConfiguration',
      name: name === 'config' ? 'config.webhook.serving.knative.dev' : `${name}.serving.knative.dev`,
      jqPathExpressions,
    })),
  ]);
  // Their certificates are rendered.
  expect(applications().get('knitmesh-linkerd')?.spec).not.toHaveProperty('ignoreDifferences');
});

test('one Application is over all others', () => {
  const text = deliver(OBJECTS, {
    name: 'mesh',
    project: 'platform',
    revision: 'v1',
    server: 'https://a:6443',
  }).files.find(({ name }) => name === 'application.yaml')?.text;
  expect(parse(text ?? '')).toMatchObject({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'mesh', namespace: 'argocd' },
    spec: {
      project: 'platform',
      destination: { server: 'https://a:6443', namespace: 'argocd' },
      source: { repoURL: 'https://git.example.com/a.git', targetRevision: 'v1', path: 'platform/argo-cd/applications' },
    },
  });
});

test('every file says who wrote it', () => {
  for (const { text } of deliver().files) expect(text.startsWith(ARGO_CD_FIRST_LINE)).toBe(true);
});
