import type { CallerNetworks } from './caller-networks';
import { networksProblems, probeNetworksOf } from './caller-networks';

test.each<[CallerNetworks, string[]]>([
  [{}, []],
  [{ nodeNetworks: ['10.0.0.0/8'], apiServerNetworks: ['2001:db8::/64'], probeNetworks: ['192.0.2.7/32'] }, []],
  [
    { nodeNetworks: ['10.0.0.0/8', '10.0.0.1'] },
    ['nodeNetworks[1]: "10.0.0.1" is an address without a mask: write "10.0.0.1/32" for that address alone'],
  ],
  [
    { apiServerNetworks: ['10.0.0.0/33'] },
    ['apiServerNetworks[0]: "10.0.0.0/33" is not a network: write for example "10.0.0.0/8" or "2001:db8::/32"'],
  ],
  [{ probeNetworks: [] }, ['probeNetworks: [] lets nobody in: leave it out, or give a network']],
  [
    { nodeNetworks: [], probeNetworks: ['nodes'] },
    [
      'nodeNetworks: [] lets nobody in: leave it out, or give a network',
      'probeNetworks[0]: "nodes" is not a network: write for example "10.0.0.0/8" or "2001:db8::/32"',
    ],
  ],
])('%j has the problems %j', (networks, problems) => {
  expect(networksProblems(networks)).toEqual(problems);
});

test.each<[CallerNetworks, readonly string[] | undefined]>([
  [{}, undefined],
  [{ apiServerNetworks: ['10.0.0.0/24'] }, undefined],
  [{ nodeNetworks: ['10.0.1.0/24'] }, ['10.0.1.0/24']],
  [
    { nodeNetworks: ['10.0.0.0/24', '10.0.1.0/24'], apiServerNetworks: ['10.0.0.0/24'] },
    ['10.0.0.0/24', '10.0.1.0/24'],
  ],
  [{ nodeNetworks: ['10.0.1.0/24'], probeNetworks: ['10.0.2.0/24'] }, ['10.0.2.0/24']],
  // What is wrong is reported once, not by Linkerd's control plane as well.
  [{ nodeNetworks: ['10.0.1.0'] }, undefined],
])('of %j, HTTP probes pass from %j', (networks, probeNetworks) => {
  expect(probeNetworksOf(networks)).toEqual(probeNetworks);
});
