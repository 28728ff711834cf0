import { CHARTS, chartVersion } from './charts';

test.each(Object.entries(CHARTS))('%s gets these values', (_, chart) => {
  expect({ ...chart, values: chart.values('TRUST ANCHORS\n') }).toMatchSnapshot();
});

test.each(Object.entries(CHARTS))('%s says that it takes trust anchors if it does', (_, chart) => {
  expect(JSON.stringify(chart.values('PEM')).includes('PEM')).toBe(chart.takesTrustAnchors ?? false);
});

test("Linkerd's control plane is rendered without keys, and with nothing left to the clock", () => {
  expect(CHARTS['linkerd-control-plane']?.values('PEM')).toMatchObject({
    identity: { issuer: { scheme: 'kubernetes.io/tls' } },
    proxyInjector: { externalSecret: true },
    profileValidator: { externalSecret: true },
    policyValidator: { externalSecret: true },
    heartbeatSchedule: expect.stringMatching(/^\d+ \d+ \* \* \*$/) as string,
  });
});

test.each([
  ['edge-26.8.3', '2026.8.3'],
  ['edge-25.12.1', '2025.12.1'],
  ['4.1.0', '4.1.0'],
  ['edge-x', 'edge-x'],
])('the charts of %s are %s', (version, expected) => {
  expect(chartVersion(version)).toBe(expected);
});
