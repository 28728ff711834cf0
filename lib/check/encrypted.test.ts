import { objectsIn } from './testing/doc-examples';
import { check } from './check';

const ENC = 'ENC[AES256_GCM,data:Zm9v,iv:AAAA,tag:AAAA,type:str]';
const NUMBER = ENC.replace('str', 'int');
const SOPS = `sops:
  age: [{ recipient: age1q, enc: "-----BEGIN AGE ENCRYPTED FILE-----\\nYWdl\\n-----END AGE ENCRYPTED FILE-----\\n" }]
  pgp: [{ fp: A, enc: "-----BEGIN PGP MESSAGE-----\\nYWdl\\n-----END PGP MESSAGE-----\\n" }]
  lastmodified: "2026-01-01T00:00:00Z"
  mac: ${ENC}
  version: 3.9.0
`;
const SECRET = `apiVersion: v1
kind: Secret
metadata: { name: db, namespace: default }
type: kubernetes.io/tls
data:
  tls.crt: ${ENC}
  tls.key: ${ENC}
`;
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: default }
spec:
  replicas: ${NUMBER}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web }, annotations: { linkerd.io/inject: enabled } }
    spec:
      containers:
        - name: web
          image: ${ENC}
          ports: [{ containerPort: "80" }]
`;

const found = (text: string): string[] =>
  check(objectsIn(text), { now: new Date('2026-11-23') }).findings.map(({ rule, path }) => `${rule} ${path}`);

test('an encrypted Secret has nothing to find', () => {
  expect(found(SECRET + SOPS)).toEqual([]);
});

test('of another encrypted object what is not encrypted is looked at', () => {
  expect(found(DEPLOYMENT + SOPS)).toEqual([
    'kubernetes-schema spec.template.spec.containers[0].ports[0].containerPort',
  ]);
});

test('what only looks encrypted is found: no one could decrypt it', () => {
  expect(found(SECRET)).toEqual(['kubernetes-schema data["tls.crt"]', 'kubernetes-schema data["tls.key"]']);
  expect(found(`${SECRET}sops: {}\n`)).toContain('kubernetes-schema sops');
});
