import type { Protection } from '../../model/connections/connection';
import type { DrawnConnection, Drawing } from '../picture/drawing';
import { groupIdOf } from '../picture/alike';
import { EVERY_POD } from '../picture/drawing';
import type { CertificateFact } from './certificates';
import type { Finding } from './findings';
import type { ImageFact } from './images';
import type { ComponentFact, Inventory, PhaseFact } from './inventory';
import type { Cell, Html, Row } from './table';
import { code, joined, listed, mark, markup, table } from './table';

/** A part of the page, with a heading and what stands under it. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly html: string;
}

const MARKS: Readonly<Record<Protection, string>> = {
  mtls: '√ mTLS',
  tls: 'TLS',
  plain: 'plain',
  refused: '× refused',
};

/** Where the page has more about a box of the picture: the row of its workload, or of the first that it stands for. */
export function anchorsOf({ workloads }: Drawing): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>();
  for (const [index, workload] of workloads.entries()) {
    for (const id of [workload.id, groupIdOf(workload)]) if (!anchors.has(id)) anchors.set(id, `workload-${index}`);
  }
  return anchors;
}

/** The picture's arrows as a table: all that it shows, for whoever does not see it. */
export function connectionsSection(drawing: Drawing): Section {
  const { arrows, nodes } = drawing;
  const [anchors, workloads] = [anchorsOf(drawing), new Set(drawing.workloads)];
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const end = (id: string, { members }: DrawnConnection): Cell => {
    if (id === EVERY_POD) return joined('Pods of the mesh', listed(members.map(workloadOf), 'workloads'));
    const node = byId.get(id);
    if (node !== undefined && !workloads.has(node) && node.namespace !== undefined) {
      return joined(`${node.name} in ${node.namespace}`, listed(members.map(workloadOf), 'workloads'));
    }
    const anchor = anchors.get(id);
    const name = node?.namespace === undefined ? (node?.name ?? id) : `${node.namespace}/${node.name}`;
    return anchor === undefined ? name : { html: `<a href="#${anchor}">${markup(name)}</a>` };
  };
  const rows = arrows.flatMap(({ from, to, connections }) =>
    connections.map((connection): Row => {
      const { about, ports, services, protection, reason, when, knownFrom } = connection;
      return {
        cells: [
          end(from, connection),
          end(to, connection),
          when === undefined ? about : `${about}, ${when}`,
          services.length === 0 ? ports.join(', ') : `${ports.join(', ')} by Service ${services.join(', ')}`,
          reason === undefined
            ? mark(protection, MARKS[protection])
            : joined(mark(protection, MARKS[protection]), reason.text),
          listed(knownFrom, 'objects'),
        ],
      };
    }),
  );
  const headings = ['From', 'To', 'About', 'Ports of the pods', 'Protected by', 'Known from'];
  return { id: 'connections', title: 'Connections', html: table('The arrows of the picture', headings, rows) };
}

/** `ambassador/ambassador` of `Deployment ambassador/ambassador`. */
const workloadOf = (id: string): string => id.slice(id.lastIndexOf(' ') + 1);

export function workloadsSection(drawing: Drawing): Section {
  const anchors = anchorsOf(drawing);
  const rows = drawing.workloads.map((node): Row => {
    const anchor = anchors.get(node.id);
    const { name, namespace = '', kind, pods = '', containers = 0, meshed, because, services } = node;
    return {
      ...(anchor !== undefined && { id: anchor }),
      cells: [
        name,
        namespace,
        node.networkingLayer === true ? `${kind}, the networking layer` : kind,
        pods,
        meshed ? mark('mtls', `√ ${containers}/${containers}`) : joined(mark('plain', 'no'), because ?? ''),
        listed(
          services.map((service) => `${service.name} ${service.ports.map(({ port }) => `:${port}`).join(' ')}`),
          'Services',
        ),
      ],
    };
  });
  const headings = ['Name', 'Namespace', 'Kind', 'Pods', 'In the mesh', 'Services'];
  return { id: 'workloads', title: 'Workloads', html: table('All that has pods', headings, rows) };
}

export function componentsSection(components: readonly ComponentFact[]): Section {
  const rows = components.map(({ name, version, release }) => ({ cells: [name, version ?? '–', release] }));
  return {
    id: 'versions',
    title: 'Versions',
    html: table('The components', ['Component', 'Version', 'Release'], rows),
  };
}

export function imagesSection(images: readonly ImageFact[]): Section {
  const rows = images.map(({ repository, tag, digest, objects }): Row => ({
    cells: [
      code(repository),
      tag ?? '–',
      digest === undefined ? joined(mark('plain', 'none'), 'it can change under its tag') : code(digest),
      listed(objects, 'objects'),
    ],
  }));
  return {
    id: 'images',
    title: 'Images',
    html: table('Images of all pods', ['Image', 'Tag', 'Digest', 'Used by'], rows),
  };
}

export function certificatesSection(certificates: readonly CertificateFact[]): Section {
  const rows = certificates.map((certificate): Row => {
    const { subject, issuer, names, isAuthority, validFrom, validUntil, objects } = certificate;
    return {
      cells: [
        isAuthority ? joined(subject, mark('tls', 'CA')) : subject,
        listed(names, 'names'),
        issuer,
        time(validFrom),
        time(validUntil),
        { html: `<span data-until="${validUntil}">–</span>` },
        listed(objects, 'objects'),
      ],
    };
  });
  const headings = ['Subject', 'For', 'Issuer', 'Valid from', 'Valid until', 'Expires', 'Found in'];
  return { id: 'certificates', title: 'Certificates', html: table('Certificates in all objects', headings, rows) };
}

const time = (iso: string): Html => ({ html: `<time datetime="${iso}">${iso.slice(0, 10)}</time>` });

const SEVERITY_MARKS: Readonly<Record<Finding['severity'], Html>> = {
  error: mark('error', '× error'),
  warning: mark('plain', '‼ warning'),
  note: mark('plain', 'note'),
};

export function findingsSection(findings: readonly Finding[]): Section {
  const rows = findings.map(({ severity, rule, object, source, message }): Row => ({
    cells: [
      code(rule),
      SEVERITY_MARKS[severity],
      source === undefined ? object : joined(object, code(source)),
      message,
    ],
  }));
  const html =
    rows.length === 0
      ? '<p>The check has found nothing.</p>'
      : table('What the check has found', ['Rule', 'Severity', 'Object', 'Finding'], rows);
  return { id: 'findings', title: 'Findings', html };
}

export function objectsSection({ phases }: Inventory): Section {
  const html = phases.map(
    ({ phase, objects }) =>
      `<details class="phase"><summary><h3>${markup(phase)}</h3> <span class="count">${objects.length} ${objects.length === 1 ? 'object' : 'objects'}</span></summary>\n${phaseTable({ phase, objects })}\n</details>`,
  );
  return { id: 'objects', title: 'Objects by phase', html: html.join('\n') };
}

function phaseTable({ phase, objects }: PhaseFact): string {
  const rows = objects.map(({ kind, apiVersion, name, namespace, source }): Row => ({
    cells: [name, kind, apiVersion, namespace ?? '–', code(source)],
  }));
  return table(`The objects of ${phase}`, ['Name', 'Kind', 'API version', 'Namespace', 'Declared by'], rows);
}
