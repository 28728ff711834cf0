import type { SourceReference } from '../../imports/kustomize.toolkit.fluxcd.io';
import { dnsLabelProblem, dnsSubdomainProblem } from '../syntax/dns';
import { quote } from '../syntax/quote';
import { addressWithoutCredentials } from '../syntax/url-credentials';
import type { SettingProblems } from './settings';

/** How a platform is handed over to Flux. */
export interface FluxSettings {
  /** What the names of the Kustomizations begin with, and the name of the source that `url` makes. */
  readonly name: string;

  /** The namespace of Flux's objects. */
  readonly namespace: string;

  /**
   * The repository that Flux is to fetch: a Git repository by `https` or `ssh`, or an OCI artifact.
   *
   * @default - `source` is there already
   */
  readonly url?: string;

  /** Of a Git repository. @default 'main' */
  readonly branch?: string;

  /** A tag instead of a branch; of an OCI artifact, its tag. @default - the branch; of an OCI artifact 'latest' */
  readonly tag?: string;

  /** The Secret with the credentials for `url`. @default - none */
  readonly secretRef?: string;

  /** The source to use without `url`. `flux bootstrap` makes the default one. */
  readonly source: SourceReference;

  /**
   * The Secret with the key by which Flux decrypts the Secrets in `flux/secrets/`.
   *
   * @default - the Secrets are applied by other means
   */
  readonly decryptionSecret?: string;
}

/** What can be said in `settings.yaml` and by flags of the same names. */
export interface FluxChoices {
  readonly name?: string;
  readonly namespace?: string;
  readonly url?: string;
  readonly branch?: string;
  readonly tag?: string;
  readonly secretRef?: string;

  /** `GitRepository/flux-system` */
  readonly source?: string;
  readonly decryptionSecret?: string;
}

export const DEFAULT_FLUX_SOURCE = 'GitRepository/flux-system';

const SOURCE = /^(GitRepository|OCIRepository|Bucket)\/([^/]+)$/;

/** What is wrong with each setting by itself. */
export const FLUX_SETTINGS: SettingProblems<FluxChoices> = {
  name: (value) => dnsLabelProblem(value, 40),
  namespace: dnsLabelProblem,
  url: urlProblem,
  branch: (value) => (/^[^\s~^:?*[\\]+$/.test(value) ? undefined : `${quote(value)} is not a branch`),
  tag: (value) => (/^[\w][\w./-]*$/.test(value) ? undefined : `${quote(value)} is not a tag`),
  secretRef: dnsSubdomainProblem,
  source: (value) =>
    SOURCE.test(value)
      ? dnsSubdomainProblem(value.split('/')[1] ?? '')
      : `${quote(value)} is no source of Flux: write for example ${quote(DEFAULT_FLUX_SOURCE)}`,
  decryptionSecret: dnsSubdomainProblem,
};

function urlProblem(url: string): string | undefined {
  const [, user, host, path] = /^([^/@:]+)@([^/:]+):(.+)$/.exec(url) ?? [];
  if (user !== undefined && host !== undefined && path !== undefined) {
    return `${quote(url)} is Git's short form, which Flux does not take: write ${quote(`ssh://${user}@${host}/${path}`)}`;
  }
  const scheme = /^(https?|ssh|oci):\/\/[^/]/.exec(url)?.[1];
  if (scheme === undefined || !URL.canParse(url)) {
    return `${quote(addressWithoutCredentials(url))} is no URL that Flux takes: write for example "https://git.example.com/team/platform.git"`;
  }
  if (new URL(url).password !== '') {
    return 'holds a password, which would be committed: put it in a Secret, and name that with --secret-ref';
  }
  return undefined;
}

/** What is wrong with settings together. */
export function fluxSettingsProblems({ url, branch, tag, secretRef, source }: FluxChoices): string[] {
  const needUrl = Object.entries({ branch, tag, secretRef }).filter(([, value]) => value !== undefined);
  if (url === undefined) {
    return needUrl.map(([setting]) => `${setting}: is of the repository that url names: give url too, or leave it out`);
  }
  return [
    ...(source === undefined ? [] : ['source: url names one already: leave one of the two out']),
    ...(branch !== undefined && tag !== undefined
      ? ['branch: tag says what to check out already: leave one of the two out']
      : []),
    ...(branch !== undefined && url.startsWith('oci://')
      ? ['branch: an OCI artifact has tags alone: give tag instead']
      : []),
  ];
}

/** The settings as they count. */
export function fluxSettings(choices: FluxChoices): FluxSettings {
  const { name = 'knitmesh', namespace = 'flux-system', source = DEFAULT_FLUX_SOURCE, ...rest } = choices;
  const [, kind, sourceName = ''] = SOURCE.exec(source) ?? [];
  return { ...rest, name, namespace, source: { kind: kind as SourceReference['kind'], name: sourceName } };
}
