import type { DomainSettings } from './domain';
import { domainSettings } from './domain';

it.each<[DomainSettings, string]>([
  [
    { 'shop example': { selector: { app: 'shop' } } },
    `["shop example"]: "shop example" is not a DNS name: use labels of lower case letters, digits and '-', with dots between them`,
  ],
  [
    { 'example.org': { selector: {} } },
    `["example.org"]: {} selects every service, and the platform's own domain does so already: give it a label, or change the platform's domain`,
  ],
  [
    { 'example.org': { selector: { 'a/b/c': 'd' } } },
    '["example.org"]: "a/b/c" is not the key of a label: write for example "app" or "app.kubernetes.io/name"',
  ],
  [
    { 'example.org': { selector: { app: 'a' }, type: 'single' as 'wildcard' } },
    '["example.org"]: "single" is none of "wildcard"',
  ],
])('%j is refused', (settings, problem) => {
  expect(domainSettings.problems(settings)).toEqual([problem]);
});
