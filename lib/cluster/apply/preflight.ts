import type { Manifest, PlatformObject } from '../../objects/manifest';
import { objectKey } from '../../objects/manifest';
import type { Mistake } from '../../objects/mistakes';
import { KUBERNETES_VERSION, LEAST_KUBERNETES } from '../../syntax/kubernetes-version';
import { certManagerMistakes, certManagerToLookFor } from './cert-manager';
import type { LeftAlone } from './crd-schemas';
import { crdName, crdsLeftAlone, missingVersions } from './crd-schemas';
import { otherInstallations } from './installers';
import { neededSecrets, providedSecrets } from './secrets';
import type { Right, Survey } from './survey';

export interface PreflightOptions {
  /** What is to be applied, Secrets and all. */
  readonly objects: readonly PlatformObject[];

  /** The folder of the Secrets, as the user names it. */
  readonly secrets: string;

  /** Takes over what other installers have installed. */
  readonly takeOwnership: boolean;
}

/** What is known before the first object is applied. */
export interface Preflight {
  /** What keeps from applying: all of it. */
  readonly mistakes: readonly Mistake[];

  /** What is as well to know. */
  readonly notes: readonly string[];

  /** The objects that are left as they are in the cluster. */
  readonly leftAlone: readonly LeftAlone[];
}

/** Holds a platform to the cluster that it is for. */
export function preflight(survey: Survey, { objects, secrets, takeOwnership }: PreflightOptions): Preflight {
  const manifests = objects.map(({ manifest }) => manifest);
  const leftAlone = crdsLeftAlone(objects, survey.live, survey.inventory.phases);
  return {
    mistakes: [
      ...versionMistakes(survey.version),
      ...rightMistakes(survey.denied),
      ...secretMistakes(objects, survey, secrets),
      ...certManagerMistakes(objects, survey.live),
      ...(takeOwnership ? [] : installerMistakes(manifests, survey)),
      ...leftAlone.flatMap((crd) => versionsOfCrd(crd, survey)),
    ],
    notes: notesOf(leftAlone),
    leftAlone,
  };
}

function versionMistakes(version: string): Mistake[] {
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  const { major: leastMajor, minor: leastMinor } = LEAST_KUBERNETES;
  if (major === undefined || minor === undefined) return [];
  if (Number(major) > leastMajor || (Number(major) === leastMajor && Number(minor) >= leastMinor)) return [];
  const message = `Kubernetes ${version} is too old for Knative Serving: it takes ${KUBERNETES_VERSION} or newer`;
  return [{ where: 'cluster', message }];
}

const MOST_RIGHTS = 5;

function rightMistakes(denied: readonly Right[]): Mistake[] {
  const byResource = new Map<string, { verbs: Set<string>; where: string }>();
  for (const { verb, group, resource, namespace } of denied) {
    const where = `${resource}${group === '' ? '' : `.${group}`}${namespace === undefined ? '' : ` in ${namespace}`}`;
    const found = byResource.get(where) ?? { verbs: new Set<string>(), where };
    found.verbs.add(verb);
    byResource.set(where, found);
  }
  const lines = [...byResource.values()].map(({ verbs, where }) => `${[...verbs].join(', ')} ${where}`);
  if (lines.length === 0) return [];
  const more = lines.length > MOST_RIGHTS ? `; and ${lines.length - MOST_RIGHTS} more` : '';
  const message = `you may not ${lines.slice(0, MOST_RIGHTS).join('; ')}${more}: ask for these rights, for example the ClusterRole cluster-admin`;
  return [{ where: 'rights', message }];
}

function secretMistakes(objects: readonly PlatformObject[], { live }: Survey, folder: string): Mistake[] {
  const provided = providedSecrets(objects.map(({ manifest }) => manifest));
  return neededSecrets(objects)
    .filter(({ namespace, name }) => !provided.has(`${namespace}/${name}`) && !live.has(`Secret ${namespace}/${name}`))
    .map(({ namespace, name, source }) => ({
      where: source,
      message: `Secret ${namespace}/${name} is neither in ${folder} nor in the cluster: make the mesh's own with npm run certs, create any other, or name their folder with --secrets`,
    }));
}

/** References to what the cluster is asked for, beside what is to be applied. */
export function alsoLookedFor(objects: readonly PlatformObject[]): Manifest[] {
  const secrets = neededSecrets(objects).map(({ namespace, name }) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
  }));
  return [...secrets, ...certManagerToLookFor(objects)];
}

function installerMistakes(manifests: readonly Manifest[], { live, inventory }: Survey): Mistake[] {
  return otherInstallations(manifests, live, inventory.phases).map(({ by, remedy, example, objects }) => ({
    where: example,
    message: `${objects === 1 ? 'this object is' : `this and ${objects - 1} more objects are`} in the cluster already, installed by ${by}: ${remedy}, or take over with --take-ownership`,
  }));
}

function versionsOfCrd(crd: LeftAlone, { live }: Survey): Mistake[] {
  const missing = missingVersions(crd, live);
  if (missing.length === 0) return [];
  const message = `${crd.why}, so it is left as it is; but it does not serve ${missing.join(', ')}, which the platform uses: install a newer one`;
  return [{ where: objectKey(crd.manifest).replace(/^.*\//, ''), message }];
}

function notesOf(leftAlone: readonly LeftAlone[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const crd of leftAlone) byReason.set(crd.why, [...(byReason.get(crd.why) ?? []), crdName(crd)]);
  return [...byReason].map(
    ([why, names]) => `${names.join(', ')}: left as ${names.length === 1 ? 'it is' : 'they are'}: ${why}`,
  );
}
