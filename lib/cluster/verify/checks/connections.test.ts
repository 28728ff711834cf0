import { RECORDED_PODS, tellRecorded } from '../testing/recorded';
import { newCluster, problems, rendered, see } from '../testing/verify-main';
import { Rendered } from '../rendered';
import { connections } from './connections';

const AMBASSADOR = 'Deployment ambassador/ambassador';
const ACTIVATOR = 'Deployment knative-serving/activator';
const AUTOSCALER = 'Deployment knative-serving/autoscaler';
const SERVICE = 'Knative Service default/helloworld-go';
const REFUSED = {
  object: `${ACTIVATOR} → ${SERVICE}, requests on port 8012`,
  reason:
    "16 requests without mTLS came to nothing (16 × 502): sent before Linkerd's discovery knew the pod, as the activator's probes of a new one are",
};

/** The states of the connections that are not just as `not seen`. */
const statesOf = (details: unknown): Record<string, unknown> =>
  Object.fromEntries(
    (details as { from: string; to: string; port: number; state: string }[])
      .filter(({ state }) => state !== 'not seen')
      .map(({ from, to, port, state }) => [`${from} → ${to} ${port}`, state]),
  );

const lines =
  (change: (line: string) => string | undefined) =>
  (text: string): string =>
    text
      .split('\n')
      .flatMap((line) => change(line) ?? [])
      .join('\n');

describe('what real proxies told', () => {
  const ALL = {
    [`${AMBASSADOR} → ${ACTIVATOR} 8012`]: 'mtls',
    [`${ACTIVATOR} → ${SERVICE} 8012`]: 'mtls',
    [`${AUTOSCALER} → ${SERVICE} 9090`]: 'mtls',
    [`${ACTIVATOR} → ${AUTOSCALER} 8080`]: 'mtls',
  };

  test('half a minute after a cold start: all is mTLS, and the probes before discovery knew the pod are told', async () => {
    const { problems, unseen, notes, seen, details } = await see(connections, tellRecorded());
    expect([problems, unseen]).toEqual([[], []]);
    expect(seen).toBe('4 connections of 7 seen, all mTLS');
    expect(statesOf(details)).toEqual(ALL);
    expect(notes).toEqual([REFUSED]);
  });

  test('two minutes later, four requests more (those two lines as they were recorded then)', async () => {
    const cluster = tellRecorded({
      activator: lines((line) =>
        line.includes('-qjl2s"') ? line.replace(/ 33$/, ' 37').replace(/ 32$/, ' 36') : line,
      ),
    });
    const { problems, details, notes } = await see(connections, cluster);
    expect([problems, statesOf(details), notes]).toEqual([[], ALL, [REFUSED]]);
    expect(details).toContainEqual(expect.objectContaining({ from: ACTIVATOR, to: SERVICE, mtls: 36, plain: 0 }));
  });

  test('warm (what was recorded without the lines of probes before discovery)', async () => {
    const cluster = tellRecorded({
      activator: lines((line) => (line.includes('no_identity') && line.includes('outbound') ? undefined : line)),
    });
    const { problems, details, notes } = await see(connections, cluster);
    expect([problems, statesOf(details), notes]).toEqual([[], ALL, []]);
  });

  test('when the proxy has forgotten the probes and not yet their connections (what was recorded without those requests)', async () => {
    const cluster = tellRecorded({
      activator: lines((line) => (/^re(quest|sponse)_.*outbound.*no_identity/.test(line) ? undefined : line)),
    });
    const { problems, details, notes } = await see(connections, cluster);
    expect([problems, statesOf(details), notes]).toEqual([[], ALL, []]);
  });

  test('where mTLS is required (what was recorded, the probes refused with 403, which a proxy counts as a success)', async () => {
    const cluster = tellRecorded({
      activator: lines((line) =>
        line.includes('no_identity')
          ? line.replace('"502",classification="failure"', '"403",classification="success"')
          : line,
      ),
    });
    const { problems, unseen, details, notes } = await see(connections, cluster);
    expect([problems, unseen, statesOf(details)]).toEqual([[], [], ALL]);
    expect(notes).toEqual([{ ...REFUSED, reason: REFUSED.reason.replace('502', '403') }]);
  });

  test.each([
    ['a pod that has no identity (what was recorded, its identity taken out)', 'not_provided_by_service_discovery'],
    ['a proxy whose TLS is turned off (what was recorded, with another reason)', 'disabled'],
  ])('%s is plain', async (_, why) => {
    const cluster = tellRecorded({
      autoscaler: lines((line) =>
        line.replace(
          /tls="true",server_id="default[^"]*",dst_control_plane_ns="linkerd"/,
          `tls="no_identity",no_tls_reason="${why}"`,
        ),
      ),
    });
    expect(await problems(connections, cluster)).toEqual([
      `${AUTOSCALER} → ${SERVICE}, load of queue-proxy on port 9090: is not mTLS: ${why}`,
    ]);
  });

  test('some requests that were answered without mTLS (what was recorded, the probes answered with 200)', async () => {
    const answered = lines((line) =>
      line.includes('no_identity')
        ? line.replace('"502",classification="failure"', '"200",classification="success"')
        : line,
    );
    // Without the pod that had the address before.
    const alone = lines((line) => (line.includes('-dvlck"') ? undefined : line));
    expect(await problems(connections, tellRecorded({ activator: (text) => alone(answered(text)) }))).toEqual([
      `${REFUSED.object}: is not always mTLS, 16 of 48 times not: not_provided_by_service_discovery`,
    ]);
    expect(await problems(connections, tellRecorded({ activator: answered }))).toEqual([
      `warning: ${REFUSED.object}: 16 requests without mTLS were answered at its address, by this pod or by one that had the address before`,
    ]);
  });

  test('a request to the pod that had the address before says nothing of this one', async () => {
    const cluster = tellRecorded({ activator: lines((line) => (line.includes('-qjl2s"') ? undefined : line)) });
    expect(await problems(connections, cluster)).toEqual([
      `${SERVICE}: has answered, but no proxy has seen the request on its way: not by mTLS, at least`,
    ]);
  });

  test('requests that were never answered are no connection (what was recorded, each of them failed)', async () => {
    const cluster = tellRecorded({
      ambassador: lines((line) => line.replace('"200",classification="success"', '"503",classification="failure"')),
    });
    expect(await problems(connections, cluster)).toEqual([
      `${SERVICE}: has answered, but no proxy has seen the request on its way: not by mTLS, at least`,
    ]);
  });

  test('what a proxy does not read as HTTP is told by its connections (what was recorded, the requests taken out)', async () => {
    const cluster = tellRecorded({
      autoscaler: lines((line) => (line.startsWith('tcp_open_total') ? line : undefined)),
    });
    expect(statesOf((await see(connections, cluster)).details)).toEqual(ALL);
  });

  test('a stream that goes on is mTLS before it ends (what was recorded, the response taken out)', async () => {
    const cluster = tellRecorded({
      activator: lines((line) => (line.startsWith('response_total') && line.includes(':8080') ? undefined : line)),
    });
    expect(statesOf((await see(connections, cluster)).details)).toEqual(ALL);
  });
});

test('a port that is reached past the proxy', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.plainPorts.add(9090);
  expect(await problems(connections, cluster)).toEqual([
    `${AUTOSCALER} → ${SERVICE}, load of queue-proxy on port 9090: is not mTLS: not_provided_by_service_discovery`,
  ]);
});

test('proxies that refuse the API server are asked by a port-forward', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.metricsRefused = true;
  const { problems, unseen, seen } = await see(connections, cluster);
  expect([problems, unseen]).toEqual([[], []]);
  // What is played behind a port-forward does not know which pod it leads to, and tells what all proxies do.
  expect(seen).toBe('6 connections of 7 seen, all mTLS');
});

test('connections without which nothing works, and that nobody has seen', async () => {
  const cluster = newCluster();
  for (const port of [8012, 8080]) cluster.dataPlane.faults.silentPorts.add(port);
  expect(await problems(connections, cluster)).toEqual([
    `${SERVICE}: has answered, but no proxy has seen the request on its way: not by mTLS, at least`,
    `${ACTIVATOR} → ${AUTOSCALER}, waiting requests on port 8080: is not seen by any proxy`,
  ]);
});

describe('what cannot be looked at', () => {
  const helloworld = RECORDED_PODS['helloworld-go'].name;

  test('a service that is scaled to zero: it is waited for', async () => {
    const cluster = tellRecorded();
    const pod = cluster.pod(helloworld);
    cluster.pods.splice(cluster.pods.indexOf(pod), 1);
    cluster.dataPlane.onRequest = () => {
      setTimeout(() => {
        if (!cluster.pods.includes(pod)) cluster.pods.push(pod);
      }, 200);
    };
    const { problems, unseen, seen } = await see(connections, cluster, { patience: 20_000 });
    expect([problems, unseen, seen]).toEqual([[], [], '4 connections of 7 seen, all mTLS']);
  });

  test('a service whose pods are gone when they are looked for is no pass and no failure', async () => {
    const cluster = tellRecorded();
    cluster.pods.splice(cluster.pods.indexOf(cluster.pod(helloworld)), 1);
    const { problems, unseen } = await see(connections, cluster);
    expect(problems).toEqual([]);
    expect(unseen).toEqual([
      { object: SERVICE, reason: 'has answered, but no pod of it is Ready: the way of the request is not seen' },
    ]);
  });

  test('a proxy that tells no metrics is named, and nothing fails for it', async () => {
    const cluster = tellRecorded();
    const { name } = RECORDED_PODS.activator;
    cluster.dataPlane.faults.told.set(name, '<html>');
    const { problems, unseen } = await see(connections, cluster);
    expect(problems).toEqual([]);
    expect(unseen).toEqual([
      { object: `Pod knative-serving/${name}`, reason: 'its proxy tells no metrics: line 1 is no metric: <html>' },
    ]);
  });

  test.each([
    [['default'], 'no two workloads that call each other are looked at'],
    [['default', 'linkerd-viz'], 'nobody has called yet'],
  ])('with --namespace %j', async (namespaces, skipped) => {
    const cluster = tellRecorded();
    const part = new Rendered(rendered.objects, rendered.layer, namespaces);
    expect(await see(connections, cluster, {}, part)).toMatchObject({ problems: [], skipped });
  });

  test('a part of the way that is left out is not missed', async () => {
    const part = new Rendered(rendered.objects, rendered.layer, ['default', 'knative-serving']);
    const { problems, unseen, seen } = await see(connections, tellRecorded(), {}, part);
    expect([problems, unseen, seen]).toEqual([[], [], '3 connections of 7 seen, all mTLS']);
  });
});
