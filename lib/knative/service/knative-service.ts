import { Construct } from 'constructs';
import { Service } from '../../../imports/serving.knative.dev';
import type { Namespace, Namespaces } from '../../namespaces';
import { KNOWN_ELSEWHERE, VALUE, knownProps, refuseUnknownProps } from '../../objects/known-props';
import { addMistake } from '../../objects/mistakes';
import { undeclaredNamespace } from '../../objects/namespaced';
import { quote } from '../../syntax/quote';
import { KnativeServices } from '../services';
import { Admission } from './admission';
import { clusterLocalHost, publicHost } from './host';
import { servingMistakes } from './judged';
import { withoutEmpty } from './metadata';
import { mtlsProblems } from './probes';
import { PropWords } from './prop-words';
import type { RevisionProps } from './revision';
import { REVISION, revisionTemplate } from './revision';
import type { RouteProps } from './route';
import { ROUTE, routeMetadata } from './route';
import type { TrafficTarget } from './traffic';
import { trafficTargets } from './traffic';

/** All that Knative Serving 1.23.0 takes of a service. What is not given is left to Serving, so that nothing drifts. */
export interface KnativeServiceProps extends RevisionProps, RouteProps {
  /**
   * The service's name: a DNS label that begins with a letter, of at most 63 characters. Revisions are named `<name>-NNNNN`,
   * which Serving shortens with a hash where it is longer.
   *
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * The namespace, which the platform must declare.
   *
   * @default 'default'
   */
  readonly namespace?: string | Namespace;

  /**
   * Where requests go.
   *
   * @default - all to the latest revision that is ready
   */
  readonly traffic?: readonly TrafficTarget[];

  /**
   * Whether the service takes WebSocket connections, where the networking layer needs to know.
   *
   * @default false
   */
  readonly webSocket?: boolean;
}

/** The props of {@link KnativeServiceProps}. */
const KNATIVE_SERVICE = knownProps<KnativeServiceProps>({
  ...REVISION.props,
  ...ROUTE.props,
  name: VALUE,
  // A Namespace is a construct.
  namespace: KNOWN_ELSEWHERE,
  // The judge of Knative objects knows their fields.
  traffic: KNOWN_ELSEWHERE,
  webSocket: VALUE,
});

/**
 * A Knative Service of the platform. All that is wrong with it is recorded, and reported with the mistakes of all others.
 *
 * @throws Error if its scope is not within `platform.services`
 */
export class KnativeService extends Construct {
  readonly name: string;

  /** The name of its namespace. */
  readonly namespace: string;

  /** The name by which it is asked for: its public one, or its cluster-local one where it has none. */
  readonly host: string;

  /** Where requests go to: its host behind `http://`, or behind `default-external-scheme` of the platform's settings. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: KnativeServiceProps) {
    const services = KnativeServices.around(scope);
    const namespace = typeof props.namespace === 'object' ? props.namespace.name : (props.namespace ?? 'default');
    super(scope, freeId(scope, id, namespace));
    this.name = props.name ?? id;
    this.namespace = namespace;
    const named = { name: this.name, namespace };

    const { platform } = services;
    const { namespaces, networking, domain, hpaAutoscaler, podAnnotations = {} } = platform;
    const meshed = props.meshed ?? namespaces.find(namespace)?.meshed ?? true;
    const admission = new Admission({
      construct: this,
      config: services.config,
      judged: services.judged,
      words: new PropWords(props),
      networking,
      meshed,
      hpaAutoscaler,
      podAnnotations,
      requestsProxyCpu: () =>
        platform.requestsProxyCpu === true || namespaces.find(namespace)?.requestsProxyCpu === true,
      namespaceMtls: () => namespaces.find(namespace)?.mtls,
    });
    refuseUnknownProps(this, props, KNATIVE_SERVICE);
    checkConnections(admission, props);
    const { labels, annotations } = routeMetadata(admission, props);

    const local = props.visibility === 'cluster-local';
    const host = local ? undefined : publicHost(admission, { name: this.name, namespace, labels, annotations, domain });
    const scheme = host === undefined ? 'http' : admission.config.network.defaultExternalScheme;
    this.host = host ?? clusterLocalHost(named);
    this.url = `${scheme}://${this.host}`;

    const metadata = { ...named, ...withoutEmpty(labels, annotations) };
    const spec = {
      template: revisionTemplate(admission, props),
      ...(props.traffic && { traffic: trafficTargets(admission, props.traffic) }),
    };

    namespaces.once(namespace, ({ meshed: born }) => {
      if (meshed && !born) admission.warn('meshed', unmeshedNamespace(namespace));
    });
    // Later, since the platform may declare the namespace after its services.
    this.node.addValidation({
      validate: () => {
        const declared = namespaces.find(namespace);
        if (declared === undefined) return [undeclared(namespace, namespaces)];
        return meshed && declared.mtls === 'required' ? unauthorizedProbes(props) : [];
      },
    });
    const earlier = services.claim(namespace, this.name, this);
    const object = earlier === undefined ? new Service(this, 'service', { metadata, spec }) : undefined;
    this.node.addValidation({
      validate: () => servingMistakes(object, { ...Service.GVK, metadata, spec }, admission),
    });
    if (earlier === undefined) {
      const { webSocket = false } = props;
      networking.carry({ construct: this, name: this.name, namespace, publicHost: host, webSocket });
    } else if (earlier.node.scope === scope && earlier.node.id === id) {
      // On the earlier one, since the id of this one is none that a user has written.
      addMistake(
        earlier,
        `name: ${quote(this.name)} of the namespace ${quote(namespace)} is declared twice here: give one of the two another name or namespace, or remove it`,
      );
    } else {
      admission.refuse(
        'name',
        `${quote(this.name)} of the namespace ${quote(namespace)} is ${earlier.node.path} already: give this one another name or namespace, or remove one of the two`,
      );
    }
  }
}

/** An id that no other child of the scope has: services of one id in several namespaces are no mistake. */
function freeId(scope: Construct, id: string, namespace: string): string {
  // An empty id is a mistake in the service's name, which is reported with all others.
  const wanted = id === '' ? 'service' : id;
  let free = wanted;
  for (let count = 1; scope.node.tryFindChild(free) !== undefined; count++) {
    free = `${wanted}@${namespace}${count === 1 ? '' : `@${count}`}`;
  }
  return free;
}

/** What goes through the networking layer otherwise than a request and its response. */
function checkConnections(admission: Admission, { webSocket, port }: KnativeServiceProps): void {
  if (webSocket === true && port?.protocol === 'h2c') {
    admission.refuse('webSocket', 'true does not go with port.protocol "h2c": WebSocket needs "http1"');
  }
}

/** The probes of a service's containers that fail where mTLS is required. */
function unauthorizedProbes({ probes, sidecars = [] }: KnativeServiceProps): string[] {
  return [
    ...mtlsProblems('probes', probes),
    ...sidecars.flatMap((sidecar, index) => mtlsProblems(`sidecars[${index}].probes`, sidecar.probes)),
  ];
}

/** There a pod does not wait for the injector: the webhook that it waits for looks at meshed namespaces alone. */
function unmeshedNamespace(namespace: string): string {
  return `the namespace ${quote(namespace)} is not meshed, so a pod starts without a proxy while Linkerd's injector does not answer: mesh the namespace, or set meshed to false`;
}

function undeclared(namespace: string, namespaces: Namespaces): string {
  const names = namespaces.all.map(({ name }) => name);
  return `namespace: ${undeclaredNamespace(namespace, names)}`;
}
