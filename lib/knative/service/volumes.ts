import type { KeyToPath, Volume, VolumeMount, VolumeProjection } from '../../../imports/serving.knative.dev';
import { PROJECTIONS, RESERVED_MOUNT_PATHS, WRITABLE_VOLUMES, cleanPath } from '../../model/serving/volumes';
import { dnsLabelProblem } from '../../syntax/dns';
import { imageReferenceProblem } from '../../syntax/image-reference';
import { quantityProblem } from '../../syntax/quantity';
import { quote } from '../../syntax/quote';
import { textProblem } from '../../syntax/text';
import type { Admission } from './admission';
import type { FeatureFlag } from './serving-config';

type Source = Exclude<keyof Volume, 'name'>;

/** The sources of a volume, and the flag that each needs. Source of all rules: Serving 1.23.0, `pkg/apis/serving/k8s_validation.go`. */
const SOURCES: Readonly<Record<Source, FeatureFlag | undefined>> = {
  configMap: undefined,
  secret: undefined,
  projected: undefined,
  emptyDir: 'kubernetesPodspecVolumesEmptydir',
  persistentVolumeClaim: 'kubernetesPodspecPersistentVolumeClaim',
  hostPath: 'kubernetesPodspecVolumesHostpath',
  csi: 'kubernetesPodspecVolumesCsi',
  ephemeral: 'kubernetesPodspecVolumesEphemeral',
  image: 'kubernetesPodspecVolumesImage',
};

/** The names that Serving gives to volumes of its own. Source: Serving 1.23.0, `pkg/reconciler/revision/resources/deploy.go`. */
const RESERVED_NAMES = ['knative-var-log', 'knative-token-volume', 'server-certs', 'pod-info'];

/** Checks the volumes of a pod. */
export function checkVolumes(admission: Admission, volumes: readonly Volume[], mounted: ReadonlySet<string>): void {
  for (const [index, volume] of volumes.entries()) {
    const where = `volumes[${index}]`;
    const { name } = volume;
    admission.refuse(`${where}.name`, dnsLabelProblem(name));
    if (RESERVED_NAMES.includes(name))
      admission.refuse(`${where}.name`, `${quote(name)} is Serving's own: choose another`);
    const earlier = volumes.findIndex((other) => other.name === name);
    if (earlier < index) {
      admission.refuse(`${where}.name`, `${quote(name)} is the name of volumes[${earlier}] already: choose another`);
    }
    if (!mounted.has(name)) {
      admission.refuse(
        where,
        `${quote(name)} is mounted by no container, which Serving refuses: add a volumeMount or remove it`,
      );
    }
    checkSource(admission, where, volume);
  }
}

function checkSource(admission: Admission, where: string, volume: Volume): void {
  const sources = sourcesOf(volume);
  if (sources.length !== 1) {
    admission.refuse(
      where,
      `has ${sources.join(' and ') || 'no source'}: give one of ${Object.keys(SOURCES).join(', ')}`,
    );
  }
  for (const source of sources) {
    const flag = SOURCES[source];
    if (flag !== undefined) admission.requireFlag(`${where}.${source}`, flag);
  }
  const { configMap, secret, projected, persistentVolumeClaim, emptyDir, image } = volume;
  if (configMap) checkItems(admission, `${where}.configMap`, configMap.items);
  if (secret) checkItems(admission, `${where}.secret`, secret.items);
  for (const [index, projection] of (projected?.sources ?? []).entries()) {
    checkProjection(admission, `${where}.projected.sources[${index}]`, projection);
  }
  if (persistentVolumeClaim && persistentVolumeClaim.readOnly !== true) {
    admission.requireFlag(`${where}.persistentVolumeClaim.readOnly`, 'kubernetesPodspecPersistentVolumeWrite');
  }
  if (emptyDir?.sizeLimit !== undefined) {
    admission.refuse(`${where}.emptyDir.sizeLimit`, quantityProblem(String(emptyDir.sizeLimit)));
  }
  if (image) admission.refuse(`${where}.image.reference`, imageReferenceProblem(image.reference));
}

function checkProjection(admission: Admission, where: string, projection: VolumeProjection): void {
  const given = PROJECTIONS.filter((kind) => projection[kind] !== undefined);
  if (given.length !== 1) {
    admission.refuse(where, `has ${given.join(' and ') || 'no source'}: give one of ${PROJECTIONS.join(', ')}`);
  }
  for (const kind of ['configMap', 'secret'] as const)
    checkItems(admission, `${where}.${kind}`, projection[kind]?.items);
  for (const [index, item] of (projection.downwardAPI?.items ?? []).entries()) {
    if ((item.fieldRef === undefined) === (item.resourceFieldRef === undefined)) {
      admission.refuse(
        `${where}.downwardAPI.items[${index}]`,
        'has none or both of fieldRef and resourceFieldRef: give one',
      );
    }
    checkFilePath(admission, `${where}.downwardAPI.items[${index}].path`, item.path);
  }
}

function checkItems(admission: Admission, where: string, items: readonly KeyToPath[] = []): void {
  for (const [index, { key, path }] of items.entries()) {
    if (key === '') admission.refuse(`${where}.items[${index}].key`, '"" is empty: name a key');
    checkFilePath(admission, `${where}.items[${index}].path`, path);
  }
}

function checkFilePath(admission: Admission, where: string, path: string): void {
  const problem = textProblem(path);
  if (problem !== undefined) admission.refuse(where, problem);
  else if (path === '' || path.startsWith('/') || path.split('/').includes('..')) {
    admission.refuse(where, `${quote(path)} is not a path within the volume: write for example "conf/app.yaml"`);
  }
}

/** Checks where a container mounts volumes. Serving itself mounts read-only what cannot be written, but for an init container, which must say so. */
export function checkVolumeMounts(
  admission: Admission,
  path: string,
  mounts: readonly VolumeMount[],
  volumes: readonly Volume[],
  init: boolean,
): void {
  const first = new Map<string, string>();
  for (const [index, { name, mountPath, readOnly, mountPropagation }] of mounts.entries()) {
    const where = `${path}[${index}]`;
    const volume = volumes.find((candidate) => candidate.name === name);
    if (volume === undefined) {
      admission.refuse(`${where}.name`, `${quote(name)} is no volume: ${thereAre(volumes)}`);
    } else if (readOnly === false || (readOnly === undefined && init)) {
      checkWritable(admission, `${where}.readOnly`, volume);
    }
    if (volume?.persistentVolumeClaim?.readOnly === true && readOnly !== true) {
      admission.refuse(`${where}.readOnly`, `must be true, since the volume ${quote(name)} is`);
    }

    const clean = cleanPath(mountPath);
    const earlier = first.get(clean);
    if (!mountPath.startsWith('/')) {
      admission.refuse(`${where}.mountPath`, `${quote(mountPath)} is not absolute: begin with "/"`);
    } else if (RESERVED_MOUNT_PATHS.includes(clean)) {
      admission.refuse(`${where}.mountPath`, `${quote(mountPath)} is reserved: choose another`);
    } else if (earlier !== undefined) {
      admission.refuse(`${where}.mountPath`, `${quote(mountPath)} is taken by ${earlier}: choose another`);
    }
    first.set(clean, where);
    if (mountPropagation !== undefined) {
      admission.requireFlag(`${where}.mountPropagation`, 'kubernetesPodspecVolumesMountPropagation');
    }
  }
}

function checkWritable(admission: Admission, where: string, volume: Volume): void {
  if (sourcesOf(volume).some((source) => WRITABLE_VOLUMES.includes(source))) return;
  admission.refuse(
    where,
    `must be true for ${quote(volume.name)}: only ${WRITABLE_VOLUMES.join(', ')} can be written to`,
  );
}

const sourcesOf = (volume: Volume): Source[] =>
  (Object.keys(SOURCES) as Source[]).filter((source) => volume[source] !== undefined);

function thereAre(volumes: readonly Volume[]): string {
  return volumes.length === 0
    ? 'there are none, add it to volumes'
    : `there are ${volumes.map(({ name }) => name).join(', ')}`;
}
