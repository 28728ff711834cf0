import { goTemplateProblem } from './go-template';

const NAMES = { fields: ['Name', 'Namespace'], maps: ['Labels'] };

it.each([
  'plain',
  '{{.Name}}',
  '{{- .Name -}}',
  '{{$.Name}}',
  '{{.Labels.app}}',
  '{{index .Labels "app"}}',
  '{{ "}}" }}{{.Name}}',
  '{{`{{`}}',
  '{{/* a comment of any {{ kind */}}x',
  '{{if .Name}}a{{else if .Namespace}}b{{else}}c{{end}}',
  '{{$n := .Name}}{{$n}}',
  '{{range $k, $v := .Labels}}{{if $v}}{{break}}{{end}}{{$k}}{{end}}',
  '{{with .Name}}{{.}}{{end}}',
  '{{define "x"}}a{{end}}{{template "x"}}',
  '{{printf "%s-%d" .Name 12}}',
  '{{.Name | js | len}}',
])('%s is taken', (template) => {
  expect(goTemplateProblem(template, NAMES)).toBeUndefined();
});

it.each([
  ['', 'is empty: leave it out to have the default'],
  ['{{.Name', 'has a "{{" without its "}}"'],
  ['{{"a}}', 'has a "{{" without its "}}"'],
  ['{{}}', 'has nothing between "{{" and "}}"'],
  ['{{-.Name}}', 'has "-.Name": put a blank between a "-" that trims and the rest'],
  ['{{.Name-}}', 'has ".Name-": put a blank between a "-" that trims and the rest'],
  ['{{.Name | }}', 'has ".Name |", which is not finished'],
  ['{{Name}}', 'names the function "Name", which is none: write ".Name" if it is a field'],
  ['{{upper .Name}}', 'names the function "upper", which is none: write ".upper" if it is a field'],
  ['{{if}}a{{end}}', 'has "if" with nothing behind it'],
  ['{{index}}', 'has "index" with nothing behind it'],
  ['{{nil}}', 'has "nil" with nothing behind it'],
  ['{{1x}}', 'has "1x", which is not a number'],
  ['{{$n}}', 'names the variable "$n", which is not set in it'],
  ['{{break}}', 'has "break" outside of a range'],
  ['{{.Name}}{{else}}', 'has an "else" without its "if"'],
  ['{{if .Name}}a', 'opens 1 blocks and ends 0'],
  ['{{.Name}}{{end}}', 'opens 0 blocks and ends 1'],
  ['{{template "x"}}', 'calls the template "x", which is none'],
  ['{{.Nam}}', 'names ".Nam", which is not there: it may name .Name, .Namespace, .Labels'],
  ['{{.Name.First}}', 'names ".Name.First", which is not there: it may name .Name, .Namespace, .Labels'],
  ['{{.Name .Namespace}}', 'gives arguments to ".Name", which is no function'],
  ['{{call .Name}}', 'has "call", and no function to call'],
])('%s is refused', (template, problem) => {
  expect(goTemplateProblem(template, NAMES)).toBe(`${JSON.stringify(template)} ${problem}`);
});

it('may name anything where no names are given', () => {
  expect(goTemplateProblem('{{.Request.Header.Get "Host"}} {{call .F}}')).toBeUndefined();
});
