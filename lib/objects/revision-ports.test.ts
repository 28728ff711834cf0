import { declaredRevisionPorts, revisionPorts } from './revision-ports';

const LEAST = { h2c: false, profiling: false, probed: [] };

test('containers declare all ports but that of the drain hook', () => {
  expect(declaredRevisionPorts(LEAST)).toEqual([8012, 8080, 8112, 9090, 9091]);
  expect(revisionPorts(LEAST)).toEqual([8012, 8022, 8080, 8112, 9090, 9091]);
});

test('each port is there once, the least first', () => {
  const ports = { serving: 3000, h2c: true, profiling: true, probed: [8022, 3000, 80] };
  expect(revisionPorts(ports)).toEqual([80, 3000, 8008, 8013, 8022, 8112, 9090, 9091]);
});
