import type { PlatformObject } from '../../objects/manifest';
import { certificatesIn, dnsNamesOf } from '../../model/certificates';
import { EMISSARY_GROUP, isEmissarys, shareAmbassador } from '../../model/emissary';
import { at, list, text, texts } from '../../objects/json';
import type { ObjectIndex } from '../../model/object-index';
import { publicHostOf } from '../../model/public-host';
import type { Problem } from '../finding';
import type { Rule } from '../rule';
import type { ServedPort } from '../../model/served-pods';
import { calledByApiServer, servedPorts, serviceNamed } from '../../model/served-pods';

/** A hostname that an object serves with the certificate of a secret. */
interface TlsHost {
  readonly object: PlatformObject;
  readonly path: string;
  readonly hostname: string;
  readonly secret: string;

  /** That of the secret. */
  readonly namespace: string;
}

/** The hostname of all names, for which no certificate can be. */
const ANY = '*';

/** Of a certificate that is not rendered it is taken that it is for the hostname. */
export const certificateHost: Rule = {
  id: 'certificate-host',
  group: 'certificates',
  severity: 'error',
  title: 'every certificate covers the hosts that it serves',
  check: (objects) => {
    const hosts = tlsHosts(objects);
    const services = hosts.length === 0 ? [] : publicHosts(objects);
    return [...hosts.flatMap((host) => hostProblems(host, hosts, services, objects)), ...webhookProblems(objects)];
  },
};

/** A Knative Service, and the name by which clients outside of the cluster ask for it. */
interface PublicHost {
  readonly service: PlatformObject;
  readonly host: string;
}

function publicHosts(objects: ObjectIndex): PublicHost[] {
  return objects.ofKind('serving.knative.dev', 'Service').flatMap((service) => {
    const host = publicHostOf(service, objects);
    return host === undefined ? [] : [{ service, host }];
  });
}

function tlsHosts(objects: ObjectIndex): TlsHost[] {
  const hosts = objects.all.flatMap((object) => {
    const { spec } = object.manifest;
    const secret = text(at(spec, 'tlsSecret', 'name'));
    if (secret === undefined) return [];
    const hostname = text(at(spec, 'hostname')) ?? (isEmissarys(object.manifest) ? ANY : undefined);
    if (hostname === undefined) return [];
    const namespace = text(at(spec, 'tlsSecret', 'namespace')) ?? namespaceOf(object);
    // The port of a hostname is nothing to TLS.
    return [{ object, path: 'spec.tlsSecret', hostname: hostname.replace(/:\d+$/, ''), secret, namespace }];
  });
  const contexts = objects.ofKind(EMISSARY_GROUP, 'TLSContext').flatMap((object) => {
    const { spec } = object.manifest;
    const said = text(at(spec, 'secret'));
    if (said === undefined) return [];
    // `name.namespace`, unless that is turned off.
    const dot = at(spec, 'secret_namespacing') === false ? -1 : said.lastIndexOf('.');
    const [secret, namespace] = dot === -1 ? [said, namespaceOf(object)] : [said.slice(0, dot), said.slice(dot + 1)];
    return texts(at(spec, 'hosts')).map((hostname) => ({ object, path: 'spec.secret', hostname, secret, namespace }));
  });
  const ingresses = objects.ofKind('networking.k8s.io', 'Ingress').flatMap((object) =>
    list(at(object.manifest, 'spec', 'tls')).flatMap((tls, index) => {
      const secret = text(at(tls, 'secretName'));
      if (secret === undefined) return [];
      const [path, namespace] = [`spec.tls[${index}]`, namespaceOf(object)];
      return texts(at(tls, 'hosts')).map((hostname) => ({ object, path, hostname, secret, namespace }));
    }),
  );
  const gateways = objects.ofKind('gateway.networking.k8s.io', 'Gateway').flatMap((object) =>
    list(at(object.manifest, 'spec', 'listeners')).flatMap((listener, index) => {
      const hostname = text(at(listener, 'hostname'));
      const [ref] = list(at(listener, 'tls', 'certificateRefs'));
      const secret = text(at(ref, 'name'));
      if (hostname === undefined || secret === undefined) return [];
      const namespace = text(at(ref, 'namespace')) ?? namespaceOf(object);
      return [{ object, path: `spec.listeners[${index}].tls`, hostname, secret, namespace }];
    }),
  );
  return [...hosts, ...contexts, ...ingresses, ...gateways];
}

const namespaceOf = ({ manifest: { metadata } }: PlatformObject): string => metadata.namespace ?? 'default';

/**
 * @param all the hostnames that are served with a certificate
 * @param services the public hosts of services
 */
function hostProblems(
  { object, path, hostname, secret, namespace }: TlsHost,
  all: readonly TlsHost[],
  services: readonly PublicHost[],
  objects: ObjectIndex,
): Problem[] {
  const names = certifiedBy(secret, namespace, objects)?.names;
  // Of a certificate that is for all names nothing can be taken.
  if (names === undefined && hostname === ANY) return [];
  const others = all.filter((other) => other.object !== object && isOfOneProxy(other.object, object));
  // The most specific hostname serves a host.
  const served = services
    .filter(
      ({ service, host }) =>
        isOfOneProxy(service, object) &&
        isUnder(host, hostname) &&
        !others.some((other) => isUnder(host, other.hostname) && other.hostname.length > hostname.length),
    )
    .map(({ host }) => host);
  const hosts = names === undefined || hostname === ANY ? served : [hostname, ...served];
  if (names?.length === 0 && hosts.length > 0) {
    const message = `the certificate in ${secret} has no DNS name among its subject alternative names, and clients look at nothing else: make one that is for ${[...new Set(hosts)].join(', ')}`;
    return [{ object, path, message }];
  }
  return [...new Set(hosts)]
    .filter((host) => !(names ?? [hostname]).some((name) => covers(name, host)))
    .map((host) => ({
      object,
      path,
      message: `the certificate in ${secret} is for ${(names ?? [hostname]).join(', ')}, which does not cover ${host}: a wildcard stands for one label, so use one for *${host.slice(host.indexOf('.'))}`,
    }));
}

/** Whether one proxy may read both. Emissary's objects and services say for which Ambassador they are. */
const isOfOneProxy = ({ manifest: one }: PlatformObject, { manifest: other }: PlatformObject): boolean =>
  (!isEmissarys(one) && !isEmissarys(other)) || shareAmbassador(one, other);

/** The names that a certificate is for, and where they stand. */
interface CertifiedNames {
  readonly object: PlatformObject;
  readonly path: string;
  readonly names: readonly string[];
}

/** What the certificate of a secret is for; `undefined` if the objects do not tell. */
function certifiedBy(secret: string, namespace: string, objects: ObjectIndex): CertifiedNames | undefined {
  const issued = objects
    .inNamespace('cert-manager.io', 'Certificate', namespace)
    .find(({ manifest }) => at(manifest, 'spec', 'secretName') === secret);
  if (issued !== undefined) {
    return { object: issued, path: 'spec.dnsNames', names: texts(at(issued.manifest, 'spec', 'dnsNames')) };
  }
  const rendered = objects
    .inNamespace('', 'Secret', namespace)
    .find(({ manifest }) => manifest.metadata.name === secret);
  const found = rendered === undefined ? [] : certificatesIn(rendered);
  // An authority may stand before the certificate that it signed.
  const leaf = found.find(({ path }) => path.includes('tls.crt')) ?? found[0];
  return leaf === undefined ? undefined : { ...leaf, names: dnsNamesOf(leaf.certificate) };
}

/** The certificates of pods that the API server calls by their Service's name: of those that serve a port, one must cover it. */
function webhookProblems(objects: ObjectIndex): Problem[] {
  const seen = new Set<string>();
  return calledByApiServer(objects).flatMap(({ namespace, name, port }) => {
    const service = serviceNamed(namespace, name, objects);
    const host = `${name}.${namespace}.svc`;
    if (service === undefined || seen.has(`${host}:${port}`)) return [];
    seen.add(`${host}:${port}`);
    return servedPorts(service, objects, port).flatMap((served) => {
      const mounted = mountedSecrets(served).map((secret) => certifiedBy(secret, namespace, objects));
      const known = mounted.filter((one) => one !== undefined);
      const [first] = known;
      // A secret that is not rendered may hold the certificate that covers it.
      if (first === undefined || known.length < mounted.length) return [];
      if (known.some(({ names }) => names.some((dnsName) => covers(dnsName, host)))) return [];
      const what =
        known.length === 1 ? 'the certificate does not cover' : `none of its pod's ${known.length} certificates covers`;
      return [
        { object: first.object, path: first.path, message: `the API server calls ${host}, which ${what}: add ${host}` },
      ];
    });
  });
}

/** The secrets that the container of a port mounts; those of the whole pod where no container declares the port. */
function mountedSecrets({ template, container }: ServedPort): string[] {
  const mounts = container === undefined ? undefined : list(container.fields.volumeMounts);
  const secrets = list(template.spec.volumes)
    .filter((volume) => mounts === undefined || mounts.some((mount) => at(mount, 'name') === at(volume, 'name')))
    .flatMap((volume) => [
      text(at(volume, 'secret', 'secretName')),
      ...list(at(volume, 'projected', 'sources')).map((source) => text(at(source, 'secret', 'name'))),
    ]);
  return [...new Set(secrets.filter((secret) => secret !== undefined))];
}

/** Whether a certificate for a name is one for a host: a wildcard stands for exactly one label. */
function covers(dnsName: string, dnsHost: string): boolean {
  const [name, host] = [dnsName.toLowerCase(), dnsHost.toLowerCase()];
  return (
    name === host || (name.startsWith('*.') && !host.startsWith('*') && name.slice(1) === host.slice(host.indexOf('.')))
  );
}

/** Whether a host is one of those that a hostname stands for: as hostnames of proxies go, `*` is any number of labels. */
function isUnder(host: string, hostname: string): boolean {
  return host === hostname || hostname === ANY || (hostname.startsWith('*.') && host.endsWith(hostname.slice(1)));
}
