import type { PlatformObject } from '../../objects/manifest';
import { certificatesIn, dnsNamesOf } from '../certificates';
import { at, list, text, texts } from '../../objects/json';
import type { ObjectIndex } from '../object-index';
import { publicHostOf } from '../public-host';
import type { Problem } from '../finding';
import type { Rule } from '../rule';
import { calledByApiServer, servedPorts, serviceNamed } from '../served-pods';

/** A hostname that an object serves with the certificate of a secret. */
interface TlsHost {
  readonly object: PlatformObject;
  readonly path: string;
  readonly hostname: string;
  readonly secret: string;
}

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

function publicHosts(objects: ObjectIndex): string[] {
  return objects.ofKind('serving.knative.dev', 'Service').flatMap((service) => publicHostOf(service, objects) ?? []);
}

function tlsHosts(objects: ObjectIndex): TlsHost[] {
  const hosts = objects.all.flatMap((object) => {
    const hostname = text(at(object.manifest, 'spec', 'hostname'));
    const secret = text(at(object.manifest, 'spec', 'tlsSecret', 'name'));
    return hostname === undefined || secret === undefined ? [] : [{ object, path: 'spec.tlsSecret', hostname, secret }];
  });
  const ingresses = objects.ofKind('networking.k8s.io', 'Ingress').flatMap((object) =>
    list(at(object.manifest, 'spec', 'tls')).flatMap((tls, index) => {
      const secret = text(at(tls, 'secretName'));
      if (secret === undefined) return [];
      return texts(at(tls, 'hosts')).map((hostname) => ({ object, path: `spec.tls[${index}]`, hostname, secret }));
    }),
  );
  const gateways = objects.ofKind('gateway.networking.k8s.io', 'Gateway').flatMap((object) =>
    list(at(object.manifest, 'spec', 'listeners')).flatMap((listener, index) => {
      const hostname = text(at(listener, 'hostname'));
      const secret = text(at(list(at(listener, 'tls', 'certificateRefs'))[0], 'name'));
      if (hostname === undefined || secret === undefined) return [];
      return [{ object, path: `spec.listeners[${index}].tls`, hostname, secret }];
    }),
  );
  return [...hosts, ...ingresses, ...gateways];
}

/**
 * @param all the hostnames that are served with a certificate
 * @param services the public hosts of services
 */
function hostProblems(
  { object, path, hostname, secret }: TlsHost,
  all: readonly TlsHost[],
  services: readonly string[],
  objects: ObjectIndex,
): Problem[] {
  const names = namesOf(secret, object.manifest.metadata.namespace ?? 'default', objects);
  const others = all.filter((other) => other.object !== object);
  // The most specific hostname serves a host.
  const served = services.filter(
    (host) =>
      isUnder(host, hostname) &&
      !others.some((other) => isUnder(host, other.hostname) && other.hostname.length > hostname.length),
  );
  const hosts = names === undefined ? served : [hostname, ...served];
  return [...new Set(hosts)]
    .filter((host) => !(names ?? [hostname]).some((name) => covers(name, host)))
    .map((host) => ({
      object,
      path,
      message: `the certificate in ${secret} is for ${(names ?? [hostname]).join(', ')}, which does not cover ${host}: a wildcard stands for one label, so use one for *${host.slice(host.indexOf('.'))}`,
    }));
}

/** The names that the certificate of a secret is for; `undefined` if the objects do not tell. */
function namesOf(secret: string, namespace: string, objects: ObjectIndex): readonly string[] | undefined {
  const inNamespace = ({ manifest: { metadata } }: PlatformObject): boolean =>
    (metadata.namespace ?? 'default') === namespace;
  const issued = objects
    .ofKind('cert-manager.io', 'Certificate')
    .find((certificate) => inNamespace(certificate) && at(certificate.manifest, 'spec', 'secretName') === secret);
  if (issued !== undefined) return texts(at(issued.manifest, 'spec', 'dnsNames'));
  const rendered = objects
    .ofKind('', 'Secret')
    .find((object) => inNamespace(object) && object.manifest.metadata.name === secret);
  const [leaf] = rendered === undefined ? [] : certificatesIn(rendered);
  return leaf === undefined ? undefined : dnsNamesOf(leaf.certificate);
}

/** The certificates of pods that the API server calls by their Service's name. */
function webhookProblems(objects: ObjectIndex): Problem[] {
  const seen = new Set<string>();
  return calledByApiServer(objects).flatMap(({ namespace, name, port }) => {
    const service = serviceNamed(namespace, name, objects);
    const host = `${name}.${namespace}.svc`;
    if (service === undefined || seen.has(host)) return [];
    seen.add(host);
    const secrets = servedPorts(service, objects, port).flatMap(({ template }) =>
      list(template.spec.volumes).flatMap((volume) => text(at(volume, 'secret', 'secretName')) ?? []),
    );
    const issued = objects
      .ofKind('cert-manager.io', 'Certificate')
      .filter(
        ({ manifest }) =>
          manifest.metadata.namespace === namespace && secrets.includes(text(at(manifest, 'spec', 'secretName')) ?? ''),
      );
    return issued
      .filter(({ manifest }) => !texts(at(manifest, 'spec', 'dnsNames')).some((dnsName) => covers(dnsName, host)))
      .map((object) => ({
        object,
        path: 'spec.dnsNames',
        message: `the API server calls ${host}, which the certificate does not cover: add ${host}`,
      }));
  });
}

/** Whether a certificate for a name is one for a host: a wildcard stands for exactly one label. */
function covers(name: string, host: string): boolean {
  return (
    name === host || (name.startsWith('*.') && !host.startsWith('*') && name.slice(1) === host.slice(host.indexOf('.')))
  );
}

/** Whether a host is one of those that a hostname stands for: as hostnames of proxies go, `*` is any number of labels. */
function isUnder(host: string, hostname: string): boolean {
  return host === hostname || hostname === '*' || (hostname.startsWith('*.') && host.endsWith(hostname.slice(1)));
}
