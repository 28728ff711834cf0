import { dnsLabelProblem } from '../syntax/dns';
import { quote } from '../syntax/quote';
import { addressWithoutCredentials } from '../syntax/url-credentials';
import type { SettingProblems } from './settings';

/** How a platform is handed over to Argo CD. */
export interface ArgoCdSettings {
  /** The name of the Application, and what the names of those of the phases begin with. */
  readonly name: string;

  /** Argo CD's namespace. */
  readonly namespace: string;

  /** The Git repository, as Argo CD knows it. */
  readonly url: string;

  /** A branch, a tag or a commit. */
  readonly revision: string;

  /** The AppProject. */
  readonly project: string;

  /** The cluster's address, as Argo CD knows it. */
  readonly server: string;
}

/** What can be said in `settings.yaml` and by flags of the same names. */
export type ArgoCdChoices = Partial<ArgoCdSettings>;

export const ARGO_CD_DEFAULTS = {
  name: 'knitmesh',
  namespace: 'argocd',
  revision: 'main',
  project: 'default',
  server: 'https://kubernetes.default.svc',
} as const satisfies ArgoCdChoices;

/** What is wrong with each setting by itself. */
export const ARGO_CD_SETTINGS: SettingProblems<ArgoCdChoices> = {
  name: (value) => dnsLabelProblem(value, 40),
  namespace: dnsLabelProblem,
  url: urlProblem,
  revision: (value) => (/^[^\s~^:?*[\\]+$/.test(value) ? undefined : `${quote(value)} is no branch, tag or commit`),
  project: dnsLabelProblem,
  server: (value) =>
    /^https?:\/\/[^/]/.test(value) && URL.canParse(value)
      ? undefined
      : `${quote(value)} is no address of a cluster: write for example ${quote(ARGO_CD_DEFAULTS.server)}`,
};

function urlProblem(url: string): string | undefined {
  const known = /^(https?|ssh):\/\/[^/]/.test(url) ? URL.canParse(url) : /^[^/@:\s]+@[^/:\s]+:\S+$/.test(url);
  if (!known)
    return `${quote(addressWithoutCredentials(url))} is no URL of a Git repository: write for example "https://git.example.com/team/platform.git"`;
  if (URL.canParse(url) && new URL(url).password !== '') {
    return 'holds a password, which would be committed: register the repository with Argo CD instead';
  }
  return undefined;
}

/** What is wrong with settings together. */
export function argoCdSettingsProblems({ url }: ArgoCdChoices): string[] {
  return url === undefined ? ['url: is missing: name the Git repository with --url'] : [];
}

/** The settings as they count. @throws Error without a URL */
export function argoCdSettings(choices: ArgoCdChoices): ArgoCdSettings {
  const { url } = choices;
  if (url === undefined) throw new Error('url: is missing');
  return { ...ARGO_CD_DEFAULTS, ...choices, url };
}
