import { renderTemplate } from './rendered-template';

const VALUES = { Name: 'hello', Namespace: 'team', Domain: 'example.com', Labels: { app: 'shop' }, Annotations: {} };

it.each([
  ['{{.Name}}.{{.Namespace}}.{{.Domain}}', 'hello.team.example.com'],
  ['{{ .Name }}-{{- .Namespace -}}.{{.Domain}}', 'hello-team.example.com'],
  ['{{index .Labels "app"}}.{{.Domain}}', 'shop.example.com'],
  ['{{.Labels.app}}.{{.Domain}}', 'shop.example.com'],
  ['{{index .Annotations "sub"}}x', 'x'],
  ['{{/* a comment */}}{{.Name}}', 'hello'],
  ['{{.Name}} {{- /* trims */ -}} .{{.Domain}}', 'hello.example.com'],
  ['{{index .Labels "}}"}}x', 'x'],
  ['{{if .Labels.app}}a{{end}}', undefined],
  ['{{.Labels}}', undefined],
  ['{{.Nonsense}}', undefined],
])('%s is %s', (template, text) => {
  expect(renderTemplate(template, VALUES)).toBe(text);
});
