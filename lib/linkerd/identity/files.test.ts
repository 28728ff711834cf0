import { App } from 'cdk8s';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { collectObjects } from '../../objects/collect';
import { warningsOf } from '../../objects/mistakes';
import { Phase } from '../../objects/phase';
import { projectRoot } from '../../releases/project-root';
import type { FilesProps } from './files';
import { files } from './files';
import { holdsSample } from './sample';
import { TemporaryIdentity } from './testing/temporary-identity';

let identity: TemporaryIdentity;
beforeEach(async () => {
  identity = await TemporaryIdentity.made();
});
afterEach(() => {
  identity.remove();
});

const build = (props?: FilesProps) => {
  const app = new App();
  const trust = files(props).build(new Phase(app, 'linkerd'), { root: identity.root, viz: true });
  return { app, trust };
};

test('reads the public certificates; declares no objects', () => {
  const { app, trust } = build();
  expect(trust).toEqual({
    trustAnchors: identity.read('certs/trust-anchors.pem'),
    webhookCaBundle: identity.read('certs/webhook-ca.pem'),
  });
  expect(collectObjects(app)).toEqual([]);
  expect(warningsOf(app)).toEqual([]);
});

test('all props: another folder', () => {
  cpSync(identity.path('certs'), identity.path('certs-of-staging'), { recursive: true });
  identity.delete('certs');
  const props: Required<FilesProps> = { folder: 'certs-of-staging' };
  expect(build(props).trust).toBeDefined();
});

test('a folder by its whole path', () => {
  expect(build({ folder: identity.path('certs') }).trust).toBeDefined();
});

test('renders on any day: expired certificates are the business of other commands', () => {
  jest.useFakeTimers({ now: new Date('2999-01-01T00:00:00Z') });
  try {
    expect(build().trust).toBeDefined();
  } finally {
    jest.useRealTimers();
  }
});

test('what is wrong is recorded, all of it, and there is nothing to render with', () => {
  identity.write('certs/trust-anchors.pem', 'hello\n');
  identity.delete('certs/webhook-ca.pem');
  const { app, trust } = build();
  expect(trust).toBeUndefined();
  expect(() => collectObjects(app)).toThrow(
    [
      'linkerd/identity: certs/trust-anchors.pem: holds no certificate: give the trust anchors in PEM',
      'linkerd/identity: certs/webhook-ca.pem: there is no such file: make it with npm run certs',
    ].join('\n'),
  );
});

test('the sample, where it is there, is warned of', () => {
  cpSync(join(projectRoot(), 'certs'), identity.path('certs'), { recursive: true });
  const { app, trust } = build();
  const warnings = warningsOf(app).filter(({ message }) =>
    /^certs: holds the sample, whose keys are gone, .*: run npm run certs before/.test(message),
  );
  expect(warnings).toHaveLength(typeof trust === 'object' && holdsSample(trust.trustAnchors) ? 1 : 0);
});
