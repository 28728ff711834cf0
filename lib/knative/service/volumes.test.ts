import type { Volume, VolumeMount } from '../../../imports/serving.knative.dev';
import { ALL_FEATURES } from './testing/all-props';
import { manifestWith, mistakesWith, saying } from './testing/platform';

const CONFIG: Volume = { name: 'v', configMap: { name: 'config' } };
const MOUNT: VolumeMount = { name: 'v', mountPath: '/v' };

const withVolume = (volume: Volume, mount: Partial<VolumeMount> = {}) => ({
  volumes: [volume],
  volumeMounts: [{ ...MOUNT, name: volume.name, ...mount }],
});

test('a volume is mounted as it is given', () => {
  const props = withVolume(CONFIG, { subPath: 'app.yaml' });
  const { volumes, containers } = manifestWith(props).spec.template.spec;
  expect(volumes).toEqual([CONFIG]);
  expect(containers[0]).toMatchObject({ volumeMounts: [{ name: 'v', mountPath: '/v', subPath: 'app.yaml' }] });
  expect(mistakesWith(props)).toEqual([]);
});

it.each<[Volume, string]>([
  [{ name: 'v', persistentVolumeClaim: { claimName: 'c' } }, 'kubernetes.podspec-persistent-volume-claim'],
  [{ name: 'v', persistentVolumeClaim: { claimName: 'c' } }, 'kubernetes.podspec-persistent-volume-write'],
  [{ name: 'v', hostPath: { path: '/' } }, 'kubernetes.podspec-volumes-hostpath'],
  [{ name: 'v', csi: { driver: 'd' } }, 'kubernetes.podspec-volumes-csi'],
  [{ name: 'v', ephemeral: {} }, 'kubernetes.podspec-volumes-ephemeral'],
  [{ name: 'v', image: { reference: 'model:1' } }, 'kubernetes.podspec-volumes-image'],
])('%j needs %s', (volume, flag) => {
  expect(mistakesWith(withVolume(volume))).toContainEqual(
    expect.stringContaining(`needs the flag ${flag} of config-features`),
  );
  expect(mistakesWith(withVolume(volume), { settings: { features: ALL_FEATURES } })).toEqual([]);
});

test('an emptyDir may be switched off', () => {
  const props = withVolume({ name: 'v', emptyDir: {} });
  expect(mistakesWith(props)).toEqual([]);
  expect(mistakesWith(props, { settings: { features: { kubernetesPodspecVolumesEmptydir: 'disabled' } } })).toEqual([
    expect.stringMatching(/^volumes\[0\]\.emptyDir: needs the flag kubernetes\.podspec-volumes-emptydir/),
  ]);
});

it.each([
  [withVolume({ name: 'V', configMap: { name: 'c' } }), /^volumes\[0\]\.name: "V" is not a DNS label/],
  [
    withVolume({ name: 'pod-info', configMap: { name: 'c' } }),
    `volumes[0].name: "pod-info" is Serving's own: choose another`,
  ],
  [
    { volumes: [CONFIG, CONFIG], volumeMounts: [MOUNT] },
    'volumes[1].name: "v" is the name of volumes[0] already: choose another',
  ],
  [
    { volumes: [CONFIG] },
    'volumes[0].name: "v" is mounted by no container, which Serving refuses: add a volumeMount, or remove it',
  ],
  [withVolume({ name: 'v' }), /^volumes\[0\]: has no source: give one of configMap, secret, projected/],
  [withVolume({ ...CONFIG, secret: { secretName: 's' } }), /^volumes\[0\]: has configMap and secret: give one of/],
  [
    withVolume({ name: 'v', configMap: { name: 'c', items: [{ key: '', path: 'a' }] } }),
    'volumes[0].configMap.items[0].key: is missing: give the key',
  ],
  [
    withVolume({ name: 'v', secret: { secretName: 'c', items: [{ key: 'k', path: undefined as unknown as string }] } }),
    'volumes[0].secret.items[0].path: is missing: give the path',
  ],
  [
    withVolume({ name: 'v', secret: { secretName: 'c', items: [{ key: 'k', path: '../a' }] } }),
    /^volumes\[0\]\.secret\.items\[0\]\.path: "\.\.\/a" is not a path within the volume/,
  ],
  [withVolume({ name: 'v', projected: { sources: [{}] } }), /^volumes\[0\]\.projected\.sources\[0\]: has no source/],
  [
    withVolume({ name: 'v', projected: { sources: [{ downwardAPI: { items: [{ path: 'a' }] } }] } }),
    'volumes[0].projected.sources[0].downwardAPI.items[0]: has none or both of fieldRef and resourceFieldRef: give one',
  ],
  [
    withVolume({
      name: 'v',
      projected: { sources: [{ configMap: { name: 'c', items: [{ key: 'k', path: '/a' }] } }] },
    }),
    /^volumes\[0\]\.projected\.sources\[0\]\.configMap\.items\[0\]\.path: "\/a"/,
  ],
  [
    withVolume({ name: 'v', emptyDir: { sizeLimit: 'big' } }),
    /^volumes\[0\]\.emptyDir\.sizeLimit: "big" is not a quantity/,
  ],
  [{ volumeMounts: [MOUNT] }, 'volumeMounts[0].name: "v" is no volume: there are none, add it to volumes'],
  [
    { volumes: [CONFIG], volumeMounts: [MOUNT, { name: 'w', mountPath: '/w' }] },
    'volumeMounts[1].name: "w" is no volume: there are v',
  ],
  [withVolume(CONFIG, { mountPath: 'v' }), 'volumeMounts[0].mountPath: "v" is not absolute: begin with "/"'],
  [withVolume(CONFIG, { mountPath: '/dev/' }), 'volumeMounts[0].mountPath: "/dev/" is reserved: choose another'],
  [
    { volumes: [CONFIG], volumeMounts: [MOUNT, { ...MOUNT, mountPath: '/v/../v/' }] },
    'volumeMounts[1].mountPath: "/v/../v/" is the mountPath of volumeMounts[0] already: choose another',
  ],
  [withVolume(CONFIG, { readOnly: false }), /^volumeMounts\[0\]\.readOnly: must be true for "v": only emptyDir/],
  [
    withVolume(CONFIG, { mountPropagation: 'None' }),
    /^volumeMounts\[0\]\.mountPropagation: needs the flag kubernetes\.podspec-volumes-mount-propagation/,
  ],
] satisfies [object, string | RegExp][])('%j is refused', (props, message) => {
  expect(mistakesWith(props)).toEqual([saying(message)]);
});

test('an image of a volume is one', () => {
  const volume = withVolume({ name: 'v', image: { reference: 'no image' } });
  expect(mistakesWith(volume, { settings: { features: ALL_FEATURES } })).toEqual([
    expect.stringMatching(/^volumes\[0\]\.image\.reference: "no image" is not an image/),
  ]);
});

test('a claim that is read-only is mounted so', () => {
  const claim = { name: 'v', persistentVolumeClaim: { claimName: 'c', readOnly: true } };
  const settings = { features: ALL_FEATURES };
  expect(mistakesWith(withVolume(claim), { settings })).toEqual([
    'volumeMounts[0].readOnly: must be true, since the volume "v" is',
  ]);
  expect(mistakesWith(withVolume(claim, { readOnly: true }), { settings })).toEqual([]);
});

test('an init container says itself that it mounts read-only', () => {
  const settings = { features: ALL_FEATURES };
  const init = (mount: VolumeMount) => ({
    volumes: [CONFIG],
    initContainers: [{ name: 'init', image: 'init', volumeMounts: [mount] }],
  });
  expect(mistakesWith(init(MOUNT), { settings })).toEqual([
    expect.stringMatching(/^initContainers\[0\]\.volumeMounts\[0\]\.readOnly: must be true for "v"/),
  ]);
  expect(mistakesWith(init({ ...MOUNT, readOnly: true }), { settings })).toEqual([]);
});
