import type { FluxChoices } from './flux-settings';
import { FLUX_SETTINGS, fluxSettings, fluxSettingsProblems } from './flux-settings';

test.each<[keyof FluxChoices, string, RegExp]>([
  ['url', 'git@git.example.com:team/a.git', /^"git@.*write "ssh:\/\/git@git\.example\.com\/team\/a\.git"$/],
  ['url', 'ftp://git.example.com/a', /^"ftp:.*is no URL that Flux takes: write for example/],
  ['url', 'user:pa@ss@git.example.com/a', /^"\(masked\)@git.example.com\/a" is no URL/],
  ['url', 'https://', /is no URL that Flux takes/],
  ['url', 'https://me:secret@git.example.com/a', /^holds a password, .*name that with --secret-ref$/],
  ['branch', 'a branch', /is not a branch/],
  ['tag', '-v1', /is not a tag/],
  ['source', 'flux-system', /is no source of Flux: write for example "GitRepository\/flux-system"/],
  ['source', 'GitRepository/Flux', /is not a DNS name/],
  ['source', 'HelmRepository/a', /is no source of Flux/],
  ['name', 'Mesh', /is not a DNS label/],
  ['name', 'a'.repeat(41), /at most 40/],
  ['namespace', 'flux_system', /is not a DNS label/],
  ['secretRef', 'a_b', /is not a DNS name/],
  ['decryptionSecret', 'a_b', /is not a DNS name/],
])('%s %j is refused', (setting, value, problem) => {
  expect(FLUX_SETTINGS[setting](value)).toMatch(problem);
});

test.each<[keyof FluxChoices, string]>([
  ['url', 'https://git.example.com/team/a.git'],
  ['url', 'ssh://git@git.example.com:2222/team/a.git'],
  ['url', 'oci://registry.example.com/team/a'],
  ['branch', 'release/1.2'],
  ['tag', 'v1.2.3'],
  ['source', 'OCIRepository/platform'],
])('%s %j is taken', (setting, value) => {
  expect(FLUX_SETTINGS[setting](value)).toBeUndefined();
});

const url = 'https://git.example.com/a';

test.each<[FluxChoices, RegExp]>([
  [{ branch: 'main' }, /^branch: .*url/],
  [{ tag: 'v1' }, /^tag: .*url/],
  [{ secretRef: 'a' }, /^secretRef: .*url/],
  [{ url, source: 'GitRepository/a' }, /^source: url names one already/],
  [{ url, branch: 'a', tag: 'b' }, /^branch: tag says/],
  [{ url: 'oci://a/b', branch: 'a' }, /^branch: an OCI artifact has tags alone/],
])('%j do not go together', (choices, problem) => {
  expect(fluxSettingsProblems(choices)).toEqual([expect.stringMatching(problem)]);
});

test('what is not said has a default', () => {
  expect(fluxSettings({})).toEqual({
    name: 'knitmesh',
    namespace: 'flux-system',
    source: { kind: 'GitRepository', name: 'flux-system' },
  });
  expect(fluxSettingsProblems({})).toEqual([]);
  expect(fluxSettingsProblems({ url, tag: 'v1', secretRef: 'a' })).toEqual([]);
});
