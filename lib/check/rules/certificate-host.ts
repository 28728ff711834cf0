import type { PlatformObject } from '../../objects/manifest';
import { certificatesIn, dnsNamesOf } from '../../model/certificates';
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
  const names = certifiedBy(secret, object.manifest.metadata.namespace ?? 'default', objects)?.names;
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
function covers(name: string, host: string): boolean {
  return (
    name === host || (name.startsWith('*.') && !host.startsWith('*') && name.slice(1) === host.slice(host.indexOf('.')))
  );
}

/** Whether a host is one of those that a hostname stands for: as hostnames of proxies go, `*` is any number of labels. */
function isUnder(host: string, hostname: string): boolean {
  return host === hostname || hostname === '*' || (hostname.startsWith('*.') && host.endsWith(hostname.slice(1)));
}
