import { X509Certificate } from 'node:crypto';
import { newAuthority, newServerCertificate } from '../linkerd/identity/issue';
import { BAD_AUTHORITIES } from '../linkerd/identity/testing/bad-certificates';
import { authorityProblem, keyProblem, pathLength } from './certificate-authority';

const VALID = { from: new Date('2030-01-01T00:00:00Z'), to: new Date('2040-01-01T00:00:00Z') };
const authority = async (length: number) =>
  new X509Certificate((await newAuthority('root', VALID, length)).certificate);
const bad = async (kind: keyof typeof BAD_AUTHORITIES) => new X509Certificate(await BAD_AUTHORITIES[kind]('bad'));

test.each([0, 1, 2, 127, 128, 300, 70_000])('an authority with %d authorities below it', async (length) => {
  const certificate = await authority(length);
  expect(pathLength(certificate)).toBe(length);
  expect(authorityProblem(certificate)).toBeUndefined();
  expect(keyProblem(certificate)).toBeUndefined();
});

test('one with any number of them', async () => {
  const certificate = await bad('of ECDSA P-384');
  expect(pathLength(certificate)).toBeUndefined();
  expect(authorityProblem(certificate)).toBeUndefined();
  expect(keyProblem(certificate)).toBe('has a key of secp384r1: Linkerd takes ECDSA P-256 only');
});

test('what is none says why', async () => {
  const none = 'is not of a certificate authority: it needs the basic constraint CA';
  expect(authorityProblem(await bad('of no authority'))).toBe(none);
  expect(authorityProblem(await bad('that may not sign'))).toBe(
    'may not sign certificates: its key usage needs keyCertSign',
  );
  const server = await newServerCertificate('a.b.svc', VALID, await newAuthority('root', VALID, 0));
  expect(pathLength(new X509Certificate(server.certificate))).toBeUndefined();
  expect(authorityProblem(new X509Certificate(server.certificate))).toMatch(/^may not sign|^is not of/);
});
