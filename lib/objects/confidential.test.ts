import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { MASK } from '../syntax/url-credentials';
import { readable, readableAt, withoutSecretsOf } from './confidential';
import type { Json } from './manifest';

const MARKER = 'correct-horse';
const KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });

const secret = (fields: Record<string, Json>, metadata: Record<string, Json> = {}): Json => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'a', labels: { app: 'web' }, ...metadata },
  type: 'Opaque',
  ...fields,
});

test('of a Secret what it is may be read, and the names of its keys', () => {
  expect(readable(secret({ data: { a: 'eA==' }, stringData: { b: 1 } }, { annotations: { c: '{}' } }))).toEqual(
    secret({ data: { a: MASK }, stringData: { b: MASK } }, { annotations: { c: MASK } }),
  );
});

test.each<[string, Json]>([
  ['a text', secret({ data: { a: MARKER } })],
  ['base64', secret({ data: { a: Buffer.from(MARKER).toString('base64') } })],
  ['a list in the place of a text', secret({ data: { a: [MARKER] } })],
  ['a mapping', secret({ data: { a: { b: MARKER } } })],
  ['a list in the place of all keys', secret({ data: [MARKER] })],
  ['a text in their place', secret({ data: MARKER })],
  ['a key that cannot be one', secret({ data: { [`{ ${MARKER}: 1 }`]: null } })],
  ['a field that is none', secret({ dta: { a: MARKER } })],
  ['the copy of kubectl', secret({}, { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': MARKER } })],
  ['a type that is no text', secret({ type: [MARKER] })],
  ['another version of the API', { ...(secret({ data: { a: MARKER } }) as object), apiVersion: 'v1beta1' }],
  ['a kind in lower case', { ...(secret({ data: { a: MARKER } }) as object), kind: ' secret ' }],
  ['a List', { apiVersion: 'v1', kind: 'List', items: [secret({ data: { a: MARKER } })] }],
  ['a list of Secrets', { apiVersion: 'v1', kind: 'SecretList', items: [{ data: { a: MARKER } }] }],
  ['a template', { kind: 'Template', spec: { objects: { one: secret({ stringData: { a: MARKER } }) } } }],
  ['a Secret that holds what looks like one', secret({ stringData: { kind: 'Secret', type: MARKER } })],
])('what a Secret holds is not read: %s', (_, object) => {
  const shown = JSON.stringify(readable(object));
  expect(shown).toContain(MASK);
  expect(shown).not.toContain(MARKER);
  expect(shown).not.toContain(Buffer.from(MARKER).toString('base64'));
});

test('nothing is changed in other objects but private keys, and passwords in URLs', () => {
  const config = { kind: 'ConfigMap', data: { a: 'b', proxy: 'http://u:p@proxy.example', keys: [KEY] } };
  expect(readable(config as Json)).toEqual({
    kind: 'ConfigMap',
    data: { a: 'b', proxy: `http://${MASK}@proxy.example`, keys: [MASK] },
  });
});

test('whatever stands in a Secret, what is made of it does not depend on it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const shown = readable(secret({ data: { a: value as Json } }));
      expect(shown).toEqual(secret({ data: { a: MASK } }));
    }),
  );
});

test.each<[readonly (string | number)[], readonly (string | number)[], Json | undefined]>([
  [['type'], ['type'], 'Opaque'],
  [['data', 'a'], ['data', 'a'], MASK],
  [['data', 'a', 'b', 0], ['data', 'a'], MASK],
  [['data', 'none'], ['data', 'none'], undefined],
  [['stringData', MARKER], ['stringData'], MASK],
  [['other', 'b'], ['other'], MASK],
])('what stands at %j of a Secret is told at %j as %j', (path, shown, value) => {
  const object = secret({ data: { a: { b: [MARKER] } }, stringData: [MARKER], other: { b: MARKER } });
  expect(readableAt(object, path)).toEqual({ path: shown, value });
});

test('what is wrong within a Secret of a List is told at the value as a whole', () => {
  const list = { kind: 'List', items: [secret({ data: { a: [MARKER] } })] };
  const path = ['items', 0, 'data', 'a'];
  expect(readableAt(list, [...path, 0])).toEqual({ path, value: MASK });
});

test.each([
  ['as it is', 'refused: correct-horse is no base64', `refused: ${MASK} is no base64`],
  ['in base64', 'got "Y29ycmVjdC1ob3JzZQ=="', `got "${MASK}"`],
  ['what it is the base64 of', 'holds battery-staple', `holds ${MASK}`],
  ['a number', 'cannot unmarshal 271828 into a text', `cannot unmarshal ${MASK} into a text`],
  ['a line of several, written out', 'at "first line\\nsecond line"', `at "${MASK}"`],
  ['a short one alone in quotation marks', 'admission denied "ab": about', `admission denied "${MASK}": about`],
  ['no value at all', 'Secret "a" is refused', 'Secret "a" is refused'],
])('a text of others without what Secrets hold: %s', (_, text, shown) => {
  const data = {
    a: MARKER,
    b: Buffer.from('battery-staple').toString('base64'),
    c: 271828,
    d: 'first line\nsecond line',
    e: 'ab',
  };
  expect(withoutSecretsOf(text, [secret({ data })])).toBe(shown);
});
