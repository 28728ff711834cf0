import { internalNames, INTERNAL_HOSTNAMES, isClusterDomain } from './internal-names';

test('a service has three names inside the cluster', () => {
  expect(internalNames('hello', 'team')).toEqual(['hello.team', 'hello.team.svc', 'hello.team.svc.cluster.local']);
  expect(INTERNAL_HOSTNAMES).toEqual(['*.svc', '*.svc.cluster.local']);
});

test.each(['svc.cluster.local', 'cluster.local', 'local', 'svc', 'team.svc', 'team.svc.cluster.local'])(
  'names under %s could be names inside the cluster',
  (domain) => {
    expect(isClusterDomain(domain)).toBe(true);
  },
);

test.each(['example.com', 'my.local', 'example.cluster', 'svc.example.com', 'mysvc'])(
  'names under %s could not',
  (domain) => {
    expect(isClusterDomain(domain)).toBe(false);
  },
);
