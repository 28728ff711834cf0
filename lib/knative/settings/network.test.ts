import type { NetworkSettings } from './network';
import { networkSettings } from './network';

it.each<[NetworkSettings, string]>([
  [
    { ingressClass: '' },
    `ingressClass: "" is not a DNS name: use labels of lower case letters, digits and '-', with dots between them`,
  ],
  [
    { certificateClass: 'Cert Manager' },
    `certificateClass: "Cert Manager" is not a DNS name: use labels of lower case letters, digits and '-', with dots between them`,
  ],
  [
    { namespaceWildcardCertSelector: { matchLabels: { a: 'b c' } } },
    `namespaceWildcardCertSelector: "b c" is not the value of a label: use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends`,
  ],
  [
    { domainTemplate: '{{.Name}}.{{.Namespaces}}.{{.Domain}}' },
    'domainTemplate: "{{.Name}}.{{.Namespaces}}.{{.Domain}}" names ".Namespaces", which is not there: it may name .Name, .Namespace, .Domain, .Labels, .Annotations',
  ],
  [
    { domainTemplate: '{{.Name}}.{{.Domain}}/{{.Namespace}}' },
    `domainTemplate: "{{.Name}}.{{.Domain}}/{{.Namespace}}" makes no host: outside of {{ }} write lower case letters, digits, '-' and '.' only`,
  ],
  [
    { domainTemplate: 'www.example.com' },
    'domainTemplate: "www.example.com" makes one host for all: name one of .Name, .Namespace, .Domain',
  ],
  [
    { domainTemplate: '{{.Labels.app}}.{{.Domain}}' },
    'domainTemplate: "{{.Labels.app}}.{{.Domain}}" makes no host where ".Labels.app" is not set: write for example "{{index .Labels \\"app\\"}}"',
  ],
  [
    { tagTemplate: '{{.Tag}}-{{.Namespace}}' },
    'tagTemplate: "{{.Tag}}-{{.Namespace}}" names ".Namespace", which is not there: it may name .Name, .Tag',
  ],
  [{ externalDomainTls: 'on' as 'Enabled' }, 'externalDomainTls: "on" is none of "Enabled", "Disabled"'],
  [{ httpProtocol: 'Disabled' as 'Enabled' }, 'httpProtocol: "Disabled" is none of "Enabled", "Redirected"'],
  [{ rolloutDuration: -1 }, 'rolloutDuration: -1 is not a whole number of at least 0'],
  [{ meshCompatibilityMode: 'off' as 'auto' }, 'meshCompatibilityMode: "off" is none of "auto", "enabled", "disabled"'],
  [{ defaultExternalScheme: 'ftp' as 'http' }, 'defaultExternalScheme: "ftp" is none of "http", "https"'],
])('%j is refused', (settings, problem) => {
  expect(networkSettings.problems(settings)).toEqual([problem]);
});

it.each([
  '{{.Name}}-{{.Namespace}}.{{.Domain}}',
  `{{.Name}}-{{.Namespace}}.{{ index .Annotations "sub"}}.{{.Domain}}`,
  '{{if .Labels.app}}{{.Labels.app}}{{else}}{{.Name}}{{end}}.{{.Domain}}',
])('the domain template %s is taken', (domainTemplate) => {
  expect(networkSettings.problems({ domainTemplate })).toEqual([]);
});
