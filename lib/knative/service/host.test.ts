import type { KnativeServingSettings } from '../settings/settings';
import type { KnativeServiceProps } from './knative-service';
import { mistakesWith, serviceWith, warningsWith } from './testing/platform';

it.each([
  [{}, {}, 'http://hello.default.example.com'],
  [{}, { network: { domainTemplate: '{{.Name}}-{{.Namespace}}.{{.Domain}}' } }, 'http://hello-default.example.com'],
  [{}, { network: { defaultExternalScheme: 'https' } }, 'https://hello.default.example.com'],
  [
    { labels: { app: 'shop' } },
    { domain: { 'shop.example': { selector: { app: 'shop' } } } },
    'http://hello.default.shop.example',
  ],
  [
    { labels: { app: 'blog' } },
    { domain: { 'shop.example': { selector: { app: 'shop' } } } },
    'http://hello.default.example.com',
  ],
  [
    { labels: { app: 'shop', env: 'dev' } },
    {
      domain: {
        'z.example': { selector: { app: 'shop' } },
        'c.example': { selector: { app: 'shop', env: 'dev' } },
        'b.example': { selector: { env: 'dev', app: 'shop' } },
      },
    },
    'http://hello.default.b.example',
  ],
  [
    { labels: { app: 'inner' } },
    { domain: { 'svc.cluster.local': { selector: { app: 'inner' } } } },
    'http://hello.default.svc.cluster.local',
  ],
  [
    { visibility: 'cluster-local' },
    { network: { domainTemplate: '{{.Name}}.{{.Domain}}', defaultExternalScheme: 'https' } },
    'http://hello.default.svc.cluster.local',
  ],
] satisfies [Partial<KnativeServiceProps>, KnativeServingSettings, string][])(
  'of a service with %j and settings %j is %s',
  (props, settings, url) => {
    expect(serviceWith(props, { settings }).url).toBe(url);
  },
);

test('a host that is too long for a DNS name is refused', () => {
  const settings = { network: { domainTemplate: '{{.Name}}-{{.Namespace}}.{{.Domain}}' } };
  expect(mistakesWith({ name: 'a'.repeat(57) }, { settings })).toEqual([
    expect.stringMatching(/^host: "a+-default\.example\.com"/),
  ]);
});

test('a template with more than fields in it is left to Serving, with a warning', () => {
  const settings = { network: { domainTemplate: '{{if .Labels.app}}x{{else}}y{{end}}.{{.Name}}.{{.Domain}}' } };
  expect(serviceWith({}, { settings }).host).toBe('hello.default.example.com');
  expect(warningsWith({}, { settings })).toEqual([expect.stringMatching(/^host: settings\.network\.domainTemplate/)]);
});
