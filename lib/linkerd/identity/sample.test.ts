import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../releases/project-root';
import { inspectIdentity } from './inspect-identity';
import { holdsSample, isSampleCertificate, rendersSample } from './sample';
import { certificatesIn } from './certificate';
import { DEFAULT_LIFETIMES, makeIdentity } from './make-identity';
import { renewIssuer } from './renew-identity';
import { NOW, TemporaryIdentity } from './testing/temporary-identity';
import { WEBHOOK_SERVICES } from './webhook-services';

const CERTS = join(projectRoot(), 'certs');

let identity: TemporaryIdentity;
beforeEach(async () => {
  identity = await TemporaryIdentity.made();
});
afterEach(() => {
  identity.remove();
});

test('what is made is not the sample', () => {
  expect(holdsSample(identity.read('certs/trust-anchors.pem'))).toBe(false);
  expect(holdsSample('')).toBe(false);
});

// Who uses this repository replaces the sample, and goes on running its tests.
const isTheSample = existsSync(join(CERTS, 'trust-anchors.pem')) && holdsSampleFile('trust-anchors.pem');
(isTheSample ? describe : describe.skip)('the sample', () => {
  test('is whole, and is known', () => {
    expect(readdirSync(CERTS).sort()).toEqual(
      [
        'issuer.pem',
        ...WEBHOOK_SERVICES.map(({ service }) => `${service}.pem`),
        'trust-anchors.pem',
        'webhook-ca.pem',
      ].sort(),
    );
    for (const file of readdirSync(CERTS)) expect(holdsSampleFile(file)).toBe(true);
  });

  test('is replaced, also by fewer files', async () => {
    const sampled = new TemporaryIdentity();
    try {
      cpSync(CERTS, sampled.path('certs'), { recursive: true });
      const services = WEBHOOK_SERVICES.filter(({ namespace }) => namespace === 'linkerd');
      sampled.apply(await makeIdentity({ folders: sampled, lifetimes: DEFAULT_LIFETIMES, services, now: NOW }));
      expect(readdirSync(sampled.path('certs'))).not.toContain('tap.pem');
      for (const file of readdirSync(sampled.path('certs')))
        expect(holdsSample(sampled.read(`certs/${file}`))).toBe(false);
    } finally {
      sampled.remove();
    }
  });

  test('is seen in what would be applied', () => {
    const trustRoots = (pem: string) => ({
      manifest: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'linkerd-identity-trust-roots', namespace: 'linkerd' },
        data: { 'ca-bundle.crt': pem },
      },
      source: 'platform/linkerd',
      phase: '20-linkerd',
    });
    const sample = readFileSync(join(CERTS, 'trust-anchors.pem'), 'utf8');
    expect(rendersSample([trustRoots(sample)])).toBe(true);
    expect(rendersSample([trustRoots(`${identity.read('certs/trust-anchors.pem')}${sample}`)])).toBe(true);
    expect(rendersSample([trustRoots(identity.read('certs/trust-anchors.pem'))])).toBe(false);
    expect(rendersSample([])).toBe(false);
  });

  test('is found by whoever looks at the identity', () => {
    const sampled = new TemporaryIdentity();
    try {
      cpSync(CERTS, sampled.path('certs'), { recursive: true });
      const { problems } = inspectIdentity(sampled, NOW, 0);
      expect(problems).toContainEqual({
        where: 'certs',
        message: 'holds the sample, whose keys are gone: make your own with npm run certs',
      });
    } finally {
      sampled.remove();
    }
  });

  test('cannot be renewed', async () => {
    const sampled = new TemporaryIdentity();
    cpSync(CERTS, sampled.path('certs'), { recursive: true });
    await expect(renewIssuer({ folders: sampled, lifetimes: DEFAULT_LIFETIMES, now: NOW })).rejects.toThrow(
      /is of the sample, whose keys are gone: make an identity of your own with npm run certs$/,
    );
    sampled.remove();
  });
});

function holdsSampleFile(file: string): boolean {
  return certificatesIn(readFileSync(join(CERTS, file), 'utf8')).every(isSampleCertificate);
}
