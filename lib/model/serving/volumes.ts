import { posix } from 'node:path';
import { at, list, text } from '../../objects/json';
import type { Json } from '../../objects/manifest';
import { dnsLabelProblem } from '../../syntax/dns';
import { imageReferenceProblem } from '../../syntax/image-reference';
import { quote } from '../../syntax/quote';
import { wordProblem } from '../../syntax/word';
import type { ServingConfig } from './config';
import type { Feature } from './features';
import { flagProblem } from './flag';
import { PULL_POLICIES } from './image';
import type { Problems } from './problem';
import { isNegative } from './quantity';
import type { Role } from './role';

/**
 * The sources of a volume that Serving takes, and the flag that each needs, which must say "enabled".
 * Source of all rules: Serving 1.23.0, `pkg/apis/serving/k8s_validation.go`.
 */
const VOLUME_SOURCES = {
  configMap: undefined,
  secret: undefined,
  projected: undefined,
  emptyDir: 'kubernetes.podspec-volumes-emptydir',
  persistentVolumeClaim: 'kubernetes.podspec-persistent-volume-claim',
  hostPath: 'kubernetes.podspec-volumes-hostpath',
  csi: 'kubernetes.podspec-volumes-csi',
  ephemeral: 'kubernetes.podspec-volumes-ephemeral',
  image: 'kubernetes.podspec-volumes-image',
} as const satisfies Readonly<Record<string, Feature | undefined>>;

type Source = keyof typeof VOLUME_SOURCES;

const SOURCES = Object.keys(VOLUME_SOURCES) as Source[];

/** The volumes that a container may write to. */
export const WRITABLE_VOLUMES: readonly Source[] = ['emptyDir', 'persistentVolumeClaim', 'ephemeral'];

/** The names that Serving gives to volumes of its own. Source: Serving 1.23.0, `pkg/reconciler/revision/resources/deploy.go`. */
const RESERVED_NAMES: readonly string[] = ['knative-var-log', 'knative-token-volume', 'server-certs', 'pod-info'];

/** Paths that no volume may be mounted at. */
const RESERVED_MOUNT_PATHS: readonly string[] = ['/', '/dev', '/dev/log'];

/** The sources within a projected volume. */
const PROJECTIONS = ['configMap', 'secret', 'downwardAPI', 'serviceAccountToken'] as const;

/** How mounts of a host reach a container. */
const PROPAGATIONS = ['None', 'HostToContainer'];

const PROPAGATION_FLAG = 'kubernetes.podspec-volumes-mount-propagation';

const isGiven = (value: Json | undefined): boolean => value !== undefined && value !== null;

/** Records what is wrong with the volumes of a pod. */
export function checkVolumes(problems: Problems, config: ServingConfig, path: string, spec: Json | undefined): void {
  const volumes = list(at(spec, 'volumes'));
  if (volumes.length === 0) return;
  const mounted = mountedVolumes(spec);
  const first = new Map<string, number>();
  volumes.forEach((volume, index) => {
    const where = `${path}.volumes[${index}]`;
    const name = text(at(volume, 'name')) ?? '';
    if (name === '') problems.refuse(`${where}.name`, 'is missing: name the volume');
    else problems.refuse(`${where}.name`, dnsLabelProblem(name));
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, index);
    else {
      const other = problems.words.place(`${path}.volumes[${earlier}]`);
      problems.refuse(`${where}.name`, `${quote(name)} is the name of ${other} already: choose another`);
    }
    if (RESERVED_NAMES.includes(name)) {
      problems.refuse(`${where}.name`, `${quote(name)} is Serving's own: choose another`, 'kubernetes');
    }
    if (!mounted.has(name)) {
      problems.refuse(
        `${where}.name`,
        `${quote(name)} is mounted by no container, which Serving refuses: add a volumeMount, or remove it`,
      );
    }
    checkSource(problems, config, where, volume);
  });
}

/** The names of all volumes that containers mount. */
function mountedVolumes(spec: Json | undefined): Set<string> {
  const containers = [...list(at(spec, 'initContainers')), ...list(at(spec, 'containers'))];
  const mounts = containers.flatMap((container) => list(at(container, 'volumeMounts')));
  return new Set(mounts.map((mount) => text(at(mount, 'name')) ?? ''));
}

function checkSource(problems: Problems, config: ServingConfig, path: string, volume: Json): void {
  const sources = SOURCES.filter((source) => isGiven(at(volume, source)));
  if (sources.length !== 1) {
    problems.refuse(path, `has ${sources.join(' and ') || 'no source'}: give one of ${SOURCES.join(', ')}`);
  }
  for (const source of sources) {
    const flag = VOLUME_SOURCES[source];
    // A flag that is disabled refuses the field itself.
    if (flag !== undefined && config.features[flag] !== 'disabled') {
      problems.refuse(`${path}.${source}`, flagProblem(config, flag, problems.words, ['enabled']));
    }
    const value = at(volume, source) ?? null;
    if (source === 'configMap' || source === 'secret') checkItems(problems, `${path}.${source}`, value);
    if (source === 'projected') {
      list(at(value, 'sources')).forEach((projection, index) => {
        checkProjection(problems, `${path}.projected.sources[${index}]`, projection);
      });
    }
    if (source === 'emptyDir') checkEmptyDir(problems, `${path}.emptyDir`, value);
    if (source === 'image') checkImage(problems, `${path}.image`, value);
    if (source === 'persistentVolumeClaim' && at(value, 'readOnly') !== true) {
      problems.refuse(
        `${path}.persistentVolumeClaim.readOnly`,
        flagProblem(config, 'kubernetes.podspec-persistent-volume-write', problems.words, ['enabled']),
      );
    }
  }
}

function checkItems(problems: Problems, path: string, source: Json): void {
  list(at(source, 'items')).forEach((item, index) => {
    for (const field of ['key', 'path'] as const) {
      if ((text(at(item, field)) ?? '') !== '') continue;
      problems.refuse(`${path}.items[${index}].${field}`, `is missing: give the ${field}`);
    }
    checkFilePath(problems, `${path}.items[${index}].path`, text(at(item, 'path')) ?? '');
  });
}

function checkProjection(problems: Problems, path: string, projection: Json): void {
  const given = PROJECTIONS.filter((kind) => isGiven(at(projection, kind)));
  if (given.length !== 1) {
    problems.refuse(path, `has ${given.join(' and ') || 'no source'}: give one of ${PROJECTIONS.join(', ')}`);
  }
  for (const kind of given) {
    const source = at(projection, kind) ?? null;
    const where = `${path}.${kind}`;
    if (kind === 'configMap' || kind === 'secret') {
      if ((text(at(source, 'name')) ?? '') === '') problems.refuse(`${where}.name`, 'is missing: name it');
      checkItems(problems, where, source);
    }
    if (kind === 'serviceAccountToken' && (text(at(source, 'path')) ?? '') === '') {
      problems.refuse(`${where}.path`, 'is missing: give the path of the file');
    }
    if (kind === 'downwardAPI') checkDownward(problems, where, source);
  }
}

function checkDownward(problems: Problems, path: string, source: Json): void {
  list(at(source, 'items')).forEach((item, index) => {
    const where = `${path}.items[${index}]`;
    if (isGiven(at(item, 'fieldRef')) === isGiven(at(item, 'resourceFieldRef'))) {
      problems.refuse(where, 'has none or both of fieldRef and resourceFieldRef: give one');
    }
    const file = text(at(item, 'path')) ?? '';
    if (file === '') problems.refuse(`${where}.path`, 'is missing: give the path of the file');
    checkFilePath(problems, `${where}.path`, file);
  });
}

function checkFilePath(problems: Problems, path: string, file: string): void {
  if (!file.startsWith('/') && !file.split('/').includes('..')) return;
  problems.refuse(
    path,
    `${quote(file)} is not a path within the volume: write for example "conf/app.yaml"`,
    'kubernetes',
  );
}

function checkEmptyDir(problems: Problems, path: string, source: Json): void {
  const medium = text(at(source, 'medium')) ?? '';
  if (medium !== '' && medium !== 'Memory') {
    problems.refuse(`${path}.medium`, `${quote(medium)} is not "Memory": write that, or leave it out`);
  }
  const limit = at(source, 'sizeLimit');
  if (typeof limit === 'number' ? limit < 0 : isNegative(text(limit) ?? '')) {
    problems.refuse(`${path}.sizeLimit`, `${quote(limit)} is negative: write a size, for example "64Mi"`);
  }
}

function checkImage(problems: Problems, path: string, source: Json): void {
  const reference = text(at(source, 'reference')) ?? '';
  if (reference === '') problems.refuse(`${path}.reference`, 'is missing: name the image');
  else problems.refuse(`${path}.reference`, imageReferenceProblem(reference), 'image-grammar');
  const policy = text(at(source, 'pullPolicy')) ?? '';
  if (policy !== '') problems.refuse(`${path}.pullPolicy`, wordProblem(policy, PULL_POLICIES));
}

/** Records what is wrong with where a container mounts volumes. Serving mounts read-only itself what cannot be written, but for an init container. */
export function checkVolumeMounts(
  problems: Problems,
  path: string,
  mounts: readonly Json[],
  volumes: readonly Json[],
  role: Role,
  config: ServingConfig,
): void {
  const first = new Map<string, number>();
  mounts.forEach((mount, index) => {
    const where = `${path}[${index}]`;
    const name = text(at(mount, 'name')) ?? '';
    const volume = volumes.findLast((candidate) => (text(at(candidate, 'name')) ?? '') === name);
    if (volume === undefined) {
      problems.refuse(`${where}.name`, `${quote(name)} is no volume: ${thereAre(volumes)}`);
    }
    checkReadOnly(problems, `${where}.readOnly`, mount, volume ?? null, role);
    checkMountPath(problems, `${where}.mountPath`, text(at(mount, 'mountPath')) ?? '', index, first);
    const propagation = at(mount, 'mountPropagation');
    if (isGiven(propagation)) {
      problems.refuse(`${where}.mountPropagation`, wordProblem(text(propagation) ?? '', PROPAGATIONS));
      // A flag that is disabled refuses the field itself.
      if (config.features[PROPAGATION_FLAG] !== 'disabled') {
        problems.refuse(
          `${where}.mountPropagation`,
          flagProblem(config, PROPAGATION_FLAG, problems.words, ['enabled']),
        );
      }
    }
  });
}

function checkReadOnly(problems: Problems, path: string, mount: Json, volume: Json, role: Role): void {
  const writable = WRITABLE_VOLUMES.some((source) => isGiven(at(volume, source)));
  const readOnly = at(mount, 'readOnly') === true;
  if (role === 'init' && !writable && !readOnly) {
    problems.refuse(
      path,
      `must be true for ${quote(text(at(mount, 'name')) ?? '')}: only ${WRITABLE_VOLUMES.join(', ')} can be written to`,
    );
  }
  if (at(volume, 'persistentVolumeClaim', 'readOnly') === true && !readOnly) {
    problems.refuse(path, `must be true, since the volume ${quote(text(at(mount, 'name')) ?? '')} is`);
  }
}

function checkMountPath(
  problems: Problems,
  path: string,
  mountPath: string,
  index: number,
  first: Map<string, number>,
): void {
  const clean = cleanPath(mountPath);
  const earlier = first.get(clean);
  if (mountPath === '') problems.refuse(path, 'is missing: give the path at which the volume is mounted');
  else if (RESERVED_MOUNT_PATHS.includes(clean)) {
    problems.refuse(path, `${quote(mountPath)} is reserved: choose another`);
  } else if (!mountPath.startsWith('/')) {
    problems.refuse(path, `${quote(mountPath)} is not absolute: begin with "/"`);
  } else if (earlier !== undefined && earlier !== index) {
    const other = problems.words.place(path.replace(/\[\d+\]\.mountPath$/, `[${earlier}]`));
    problems.refuse(path, `${quote(mountPath)} is the mountPath of ${other} already: choose another`);
  }
  first.set(clean, index);
}

/** A path without what changes nothing in it, such as a slash at its end. */
function cleanPath(path: string): string {
  return posix.normalize(path).replace(/(.)\/$/, '$1');
}

/** The volumes that a mount can name. */
function thereAre(volumes: readonly Json[]): string {
  const names = volumes.map((volume) => text(at(volume, 'name')) ?? '').filter((name) => name !== '');
  return names.length === 0 ? 'there are none, add it to volumes' : `there are ${names.join(', ')}`;
}
