import { collectObjects } from '../../lib/objects/collect';
import { Mistakes } from '../../lib/objects/mistakes';
import { PLATFORM_FILE } from '../../lib/render/dist';
import type { RenderedFile } from '../../lib/render/files';
import { renderFiles } from '../../lib/render/files';
import { PRODUCTION, STAGING } from './environments';
import environments from './main';
import { platformOf } from './platform';
import { TEAMS } from './teams';

const [staging = [], production = []] = environments.map((platform) => renderFiles(collectObjects(platform)));
const services = (files: readonly RenderedFile[]): readonly RenderedFile[] =>
  files.filter(({ name }) => name.startsWith('60-'));

test('20 teams have 1,000 services in 50 namespaces, in each environment', () => {
  expect(environments.map(({ environment }) => environment)).toEqual(['staging', 'production']);
  expect(TEAMS).toHaveLength(20);
  for (const files of [staging, production]) {
    expect(services(files)).toHaveLength(50);
    expect(services(files).reduce((sum, { objects = 0 }) => sum + objects, 0)).toBe(1000);
    for (const { name, text } of services(files)) {
      expect(name).toMatch(PLATFORM_FILE);
      expect(text.length).toBeLessThan(100_000);
    }
  }
});

test('the environments have the same services, each with its own version and scale', () => {
  const named = (files: readonly RenderedFile[]): string[] =>
    services(files).flatMap(({ text }) => text.match(/^ {2}name(?:space)?: .*$/gm) ?? []);
  expect(named(staging)).toEqual(named(production));
  const [first] = services(production);
  expect(first?.name).toBe('60-services.accounts-consent.yaml');
  expect(first?.text).toContain('registry.example.com/accounts/archive:1.4.2');
  expect(first?.text).toContain('autoscaling.knative.dev/max-scale: "10"');
  expect(services(staging)[0]?.text).toContain('registry.example.com/accounts/archive:1.5.0-rc.1');
});

test("a team's change touches the file of its namespace alone", () => {
  const changed = TEAMS.map((team) =>
    team.name === 'payments'
      ? {
          ...team,
          namespaces: team.namespaces.map((one) =>
            one.name === 'payments-ledger' ? { ...one, services: { ...one.services, 'late-fees': {} } } : one,
          ),
        }
      : team,
  );
  const after = renderFiles(collectObjects(platformOf(PRODUCTION, changed)));
  const before = new Map(production.map(({ name, text }) => [name, text]));
  expect(after.filter(({ name, text }) => before.get(name) !== text).map(({ name }) => name)).toEqual([
    '60-services.payments-ledger.yaml',
  ]);
  expect(after).toHaveLength(production.length);
});

test('a mistake says whose it is', () => {
  const team = { name: 'payments', namespaces: [{ name: 'payments-ledger', services: { Api: {} } }] };
  const platform = platformOf(STAGING, [team]);
  expect(() => collectObjects(platform)).toThrow(Mistakes);
  expect(() => collectObjects(platform)).toThrow(/^staging\/services\/payments\/Api: name: "Api" is not a DNS label/);
});
