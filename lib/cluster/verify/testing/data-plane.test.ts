import type { RecordedCaller } from './recorded';
import { RECORDED_PODS, recordedCluster, recordedMetrics } from './recorded';

/** Lines without their values, since those are of a time. */
const seriesIn = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((line) => (/^(request|response|tcp_open)_total\{/.test(line) ? line.replace(/ \S+$/, '') : []));

test.each(['ambassador', 'activator', 'autoscaler'] as const)(
  'what the proxy of %s is played to tell was told by a real one',
  (caller: RecordedCaller) => {
    const cluster = recordedCluster();
    const played = seriesIn(cluster.dataPlane.metricsOf([cluster.pod(RECORDED_PODS[caller].name)]));
    const recorded = seriesIn(recordedMetrics(caller));
    const inbound = seriesIn(recordedMetrics('activator')).filter((line) => line.includes('direction="inbound"'));
    expect(played.length).toBeGreaterThan(2);
    expect(played.filter((line) => ![...recorded, ...inbound].includes(line))).toEqual([]);
  },
);
