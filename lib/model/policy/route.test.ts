import { objectsOf } from '../../check/testing/doc-examples';
import type { HttpRequest } from './route';
import { bestRoutes } from './route';

const route = (name: string, spec: object): string =>
  JSON.stringify({
    apiVersion: 'policy.linkerd.io/v1beta3',
    kind: 'HTTPRoute',
    metadata: { name, namespace: 'team-a' },
    spec,
  });
const matching = (name: string, ...matches: readonly object[]): string => route(name, { rules: [{ matches }] });
const path = (value: string, type = 'PathPrefix'): object => ({ path: { type, value } });
const get = (asked: string, headers: HttpRequest['headers'] = {}): HttpRequest => ({
  method: 'GET',
  path: asked,
  headers,
});

const best = (request: HttpRequest, ...routes: readonly string[]): (string | undefined)[] =>
  bestRoutes(objectsOf(...routes), request).map(({ manifest }) => manifest.metadata.name);

describe('whether a route matches', () => {
  test.each<[string, object, HttpRequest, boolean]>([
    ['one without rules, all', {}, get('/a'), true],
    ['a rule without matches, all', { rules: [{}] }, get('/a'), true],
    ['no rules at all, nothing', { rules: [] }, get('/a'), false],
    ['a path, whole', { rules: [{ matches: [path('/a', 'Exact')] }] }, get('/a'), true],
    ['… and no longer one', { rules: [{ matches: [path('/a', 'Exact')] }] }, get('/a/b'), false],
    ['a prefix', { rules: [{ matches: [path('/a')] }] }, get('/a/b'), true],
    ['… which is the path', { rules: [{ matches: [path('/a/')] }] }, get('/a'), true],
    ['… of whole segments', { rules: [{ matches: [path('/a')] }] }, get('/ab'), false],
    ['… of another path', { rules: [{ matches: [path('/a')] }] }, get('/b/a'), false],
    ['the prefix /', { rules: [{ matches: [path('/')] }] }, get('/a'), true],
    ['a path without a type', { rules: [{ matches: [{ path: { value: '/a' } }] }] }, get('/a/b'), true],
    ['an expression', { rules: [{ matches: [path('/[ab]+', 'RegularExpression')] }] }, get('/ab'), true],
    ['… of the whole path', { rules: [{ matches: [path('/[ab]+', 'RegularExpression')] }] }, get('/ab/c'), false],
    ['… that cannot be read', { rules: [{ matches: [path('(', 'RegularExpression')] }] }, get('/('), false],
    ['one of several matches', { rules: [{ matches: [path('/a'), path('/b')] }] }, get('/b'), true],
    ['one of several rules', { rules: [{ matches: [path('/a')] }, { matches: [path('/b')] }] }, get('/b'), true],
    ['the method', { rules: [{ matches: [{ method: 'GET' }] }] }, get('/'), true],
    ['another method', { rules: [{ matches: [{ method: 'POST' }] }] }, get('/'), false],
    [
      'a header',
      { rules: [{ matches: [{ headers: [{ name: 'X-A', value: 'b' }] }] }] },
      get('/', { 'x-a': 'b' }),
      true,
    ],
    [
      '… of another value',
      { rules: [{ matches: [{ headers: [{ name: 'X-A', value: 'b' }] }] }] },
      get('/', { 'x-a': 'c' }),
      false,
    ],
    ['… that is not there', { rules: [{ matches: [{ headers: [{ name: 'X-A', value: '' }] }] }] }, get('/'), false],
    [
      '… by an expression',
      { rules: [{ matches: [{ headers: [{ name: 'X-A', type: 'RegularExpression', value: 'b+' }] }] }] },
      get('/', { 'x-a': 'bb' }),
      true,
    ],
    ['a parameter', { rules: [{ matches: [{ queryParams: [{ name: 'a', value: 'b' }] }] }] }, get('/?a=b'), true],
    ['… that is not there', { rules: [{ matches: [{ queryParams: [{ name: 'a', value: 'b' }] }] }] }, get('/'), false],
    ['a host', { hostnames: ['a.example.com'] }, get('/', { host: 'A.example.com:8080' }), true],
    ['… by its suffix', { hostnames: ['*.example.com'] }, get('/', { host: 'a.b.example.com' }), true],
    ['… which is not the suffix alone', { hostnames: ['*.example.com'] }, get('/', { host: 'example.com' }), false],
    ['another host', { hostnames: ['a.example.com'] }, get('/', { host: 'b.example.com' }), false],
    ['a host, of a request to an address', { hostnames: ['a.example.com'] }, get('/'), false],
    ['a path, without its query', { rules: [{ matches: [path('/a', 'Exact')] }] }, get('/a?b=c'), true],
  ])('%s', (_, spec, request, matches) => {
    expect(best(request, route('a', spec))).toEqual(matches ? ['a'] : []);
  });
});

describe('which of several matches best', () => {
  const host = (name: string, ...hostnames: readonly string[]): string => route(name, { hostnames });

  test.each<[string, string[], HttpRequest, string[]]>([
    [
      'the longer path',
      [matching('a', path('/')), matching('b', path('/x/y')), matching('c', path('/x'))],
      get('/x/y'),
      ['b'],
    ],
    ['the longest of its own', [matching('a', path('/'), path('/x/y')), matching('b', path('/x'))], get('/x/y'), ['a']],
    [
      'the one with a header',
      [matching('a', {}), matching('b', { headers: [{ name: 'h', value: '1' }] })],
      get('/', { h: '1' }),
      ['b'],
    ],
    ['the one with a method', [matching('a', { method: 'GET' }), matching('b', {})], get('/'), ['a']],
    [
      'a parameter before a method',
      [matching('a', { method: 'GET' }), matching('b', { queryParams: [{ name: 'a', value: 'b' }] })],
      get('/?a=b'),
      ['b'],
    ],
    [
      'a path before a header',
      [matching('a', { headers: [{ name: 'h', value: '1' }] }), matching('b', path('/x'))],
      get('/x', { h: '1' }),
      ['b'],
    ],
    [
      'a host before a path',
      [matching('a', path('/x')), host('b', '*.example.com')],
      get('/x', { host: 'a.example.com' }),
      ['b'],
    ],
    [
      'a whole host before its suffix',
      [host('a', 'a.example.com'), host('b', '*.example.com')],
      get('/', { host: 'a.example.com' }),
      ['a'],
    ],
    ['the longer suffix', [host('a', '*.com'), host('b', '*.example.com')], get('/', { host: 'a.example.com' }), ['b']],
    ['both, where only their age tells', [matching('a', path('/x')), matching('b', path('/x'))], get('/x'), ['a', 'b']],
  ])('%s', (_, routes, request, expected) => {
    expect(best(request, ...routes)).toEqual(expected);
  });
});
