import { App } from 'cdk8s';
import { mistakesOf, warningsOf } from '../objects/mistakes';
import type { AmbassadorTls } from './tls';
import { certificateProblem, checkTls, hostTls } from './tls';

const certificate = { hostname: '*.default.example.com', secret: 'default-tls' };

test('a Host of a certificate redirects plain HTTP, from TLS 1.2 on, unless told otherwise', () => {
  expect(hostTls(certificate, { certificates: [] })).toEqual({
    tlsSecret: { name: 'default-tls' },
    tls: { min_tls_version: 'v1.2' },
    requestPolicy: { insecure: { action: 'Redirect' } },
  });
  expect(hostTls(certificate, { certificates: [], minVersion: 'v1.3', redirect: false })).toMatchObject({
    tls: { min_tls_version: 'v1.3' },
    requestPolicy: { insecure: { action: 'Route' } },
  });
});

test("a certificate for the domain's first label is not valid for a service of a namespace", () => {
  const tls = { certificates: [{ hostname: '*.example.com', secret: 'tls' }] };
  expect(certificateProblem(tls, 'hello-default.example.com')).toBeUndefined();
  expect(certificateProblem(tls, 'hello.default.example.com')).toBe(
    'host: no certificate of ambassador() is valid for "hello.default.example.com": add { hostname: "*.default.example.com", secret: … } to its tls.certificates, or make the service cluster-local',
  );
});

test.each<[AmbassadorTls['certificates'], string]>([
  [[], 'tls.certificates: is empty: give a certificate for each namespace, or leave tls out'],
  [
    [{ hostname: '*', secret: 'tls' }],
    `tls.certificates[0].hostname: "*" is not a DNS name: use labels of lower case letters, digits and '-', with dots between them`,
  ],
  [
    [certificate, { ...certificate, secret: 'other' }],
    'tls.certificates[1].hostname: "*.default.example.com" has a certificate already: remove one of the two',
  ],
  [
    [{ ...certificate, secret: 'Default TLS' }],
    `tls.certificates[0].secret: "Default TLS" is not a DNS name: use labels of lower case letters, digits and '-', with dots between them`,
  ],
])('certificates %j are refused', (certificates, message) => {
  const app = new App();
  checkTls(app, { certificates }, 'example.com');
  expect(mistakesOf(app).map((mistake) => mistake.message)).toEqual([message]);
});

test('a certificate for another domain is warned of', () => {
  const app = new App();
  checkTls(app, { certificates: [certificate, { hostname: '*.exmaple.com', secret: 'tls' }] }, 'example.com');
  expect(mistakesOf(app)).toEqual([]);
  expect(warningsOf(app).map(({ message }) => message)).toEqual([
    'tls.certificates[1].hostname: "*.exmaple.com" is not within the platform\'s domain "example.com"',
  ]);
});
