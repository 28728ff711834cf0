import type { ArgoCdChoices } from './argo-cd-settings';
import { ARGO_CD_SETTINGS, argoCdSettings, argoCdSettingsProblems } from './argo-cd-settings';

test.each<[keyof ArgoCdChoices, string, RegExp]>([
  ['url', 'ftp://user:pa@ss@git.example.com/a', /^"ftp:\/\/\(masked\)@git.example.com\/a" is no URL/],
  ['url', 'platform', /is no URL of a Git repository: write for example/],
  ['url', 'https://me:secret@git.example.com/a', /^holds a password, .*register the repository with Argo CD/],
  ['revision', 'a branch', /is no branch, tag or commit/],
  ['project', 'My project', /is not a DNS label/],
  ['server', 'cluster', /is no address of a cluster/],
  ['name', 'Mesh', /is not a DNS label/],
  ['namespace', 'argo_cd', /is not a DNS label/],
])('%s %j is refused', (setting, value, problem) => {
  expect(ARGO_CD_SETTINGS[setting](value)).toMatch(problem);
});

test.each(['https://git.example.com/a.git', 'ssh://git@git.example.com/a', 'git@git.example.com:team/a.git'])(
  'the URL %j is taken',
  (url) => {
    expect(ARGO_CD_SETTINGS.url(url)).toBeUndefined();
  },
);

test('the repository must be named, and all else has a default', () => {
  expect(argoCdSettingsProblems({})).toEqual(['url: is missing: name the Git repository with --url']);
  const url = 'https://git.example.com/a.git';
  expect(argoCdSettingsProblems({ url })).toEqual([]);
  expect(argoCdSettings({ url, project: 'mesh' })).toEqual({
    name: 'knitmesh',
    namespace: 'argocd',
    url,
    revision: 'main',
    project: 'mesh',
    server: 'https://kubernetes.default.svc',
  });
});
