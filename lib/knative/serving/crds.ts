import type { Construct } from 'constructs';
import type { PrinterColumn } from '../../crds/custom-resource-definition';
import { CustomResourceDefinition } from '../../crds/custom-resource-definition';
import { SERVING_LABELS, componentLabels } from './labels';

/** A kind of Serving. All have a single version, with a status apart. */
interface Kind {
  readonly kind: string;
  readonly plural: string;
  readonly version?: string;
  readonly scope?: 'Cluster';
  readonly shortNames?: readonly string[];
  readonly columns?: readonly PrinterColumn[];

  /** The duck types that tools outside of Serving know it by. */
  readonly ducks?: readonly ('addressable' | 'podspecable')[];
}

/** The kinds of one API group, and what they have in common. */
interface Group {
  readonly group: string;
  readonly version: string;
  readonly categories: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly kinds: readonly Kind[];
}

const condition = (type: string, field: string): string => `.status.conditions[?(@.type=='${type}')].${field}`;

const READY: readonly PrinterColumn[] = [
  { name: 'Ready', jsonPath: condition('Ready', 'status') },
  { name: 'Reason', jsonPath: condition('Ready', 'reason') },
];
const URL: PrinterColumn = { name: 'URL', jsonPath: '.status.url' };
const LATEST: readonly PrinterColumn[] = [
  { name: 'LatestCreated', jsonPath: '.status.latestCreatedRevisionName' },
  { name: 'LatestReady', jsonPath: '.status.latestReadyRevisionName' },
];

/** The kinds of Knative Serving 1.23.0. */
const GROUPS: readonly Group[] = [
  {
    group: 'serving.knative.dev',
    version: 'v1',
    categories: ['all', 'knative', 'serving'],
    labels: SERVING_LABELS,
    kinds: [
      {
        kind: 'Service',
        plural: 'services',
        shortNames: ['kservice', 'ksvc'],
        columns: [URL, ...LATEST, ...READY],
        ducks: ['addressable', 'podspecable'],
      },
      {
        kind: 'Configuration',
        plural: 'configurations',
        shortNames: ['config', 'cfg'],
        columns: [...LATEST, ...READY],
        ducks: ['podspecable'],
      },
      {
        kind: 'Revision',
        plural: 'revisions',
        shortNames: ['rev'],
        columns: [
          { name: 'Config Name', jsonPath: String.raw`.metadata.labels['serving\.knative\.dev/configuration']` },
          {
            name: 'Generation',
            jsonPath: String.raw`.metadata.labels['serving\.knative\.dev/configurationGeneration']`,
          },
          ...READY,
          { name: 'Actual Replicas', jsonPath: '.status.actualReplicas', type: 'integer' },
          { name: 'Desired Replicas', jsonPath: '.status.desiredReplicas', type: 'integer' },
        ],
      },
      { kind: 'Route', plural: 'routes', shortNames: ['rt'], columns: [URL, ...READY], ducks: ['addressable'] },
      {
        kind: 'DomainMapping',
        plural: 'domainmappings',
        version: 'v1beta1',
        shortNames: ['dm'],
        columns: [URL, ...READY],
      },
    ],
  },
  {
    group: 'networking.internal.knative.dev',
    version: 'v1alpha1',
    categories: ['knative-internal', 'networking'],
    labels: componentLabels('networking'),
    kinds: [
      {
        kind: 'Certificate',
        plural: 'certificates',
        shortNames: ['kcert'],
        columns: READY.map((column) => ({ ...column, jsonPath: column.jsonPath.replaceAll("'", '"') })),
      },
      { kind: 'ClusterDomainClaim', plural: 'clusterdomainclaims', scope: 'Cluster', shortNames: ['cdc'] },
      { kind: 'Ingress', plural: 'ingresses', shortNames: ['kingress', 'king'], columns: READY },
      {
        kind: 'ServerlessService',
        plural: 'serverlessservices',
        shortNames: ['sks'],
        columns: [
          { name: 'Mode', jsonPath: '.spec.mode' },
          { name: 'Activators', jsonPath: '.spec.numActivators', type: 'integer' },
          { name: 'ServiceName', jsonPath: '.status.serviceName' },
          { name: 'PrivateServiceName', jsonPath: '.status.privateServiceName' },
          ...READY,
        ],
      },
    ],
  },
  {
    group: 'autoscaling.internal.knative.dev',
    version: 'v1alpha1',
    categories: ['knative-internal', 'autoscaling'],
    labels: SERVING_LABELS,
    kinds: [
      { kind: 'Metric', plural: 'metrics', columns: READY },
      {
        kind: 'PodAutoscaler',
        plural: 'podautoscalers',
        shortNames: ['kpa', 'pa'],
        columns: [
          { name: 'DesiredScale', jsonPath: '.status.desiredScale', type: 'integer' },
          { name: 'ActualScale', jsonPath: '.status.actualScale', type: 'integer' },
          ...READY,
        ],
      },
    ],
  },
  {
    group: 'caching.internal.knative.dev',
    version: 'v1alpha1',
    categories: ['knative-internal', 'caching'],
    labels: SERVING_LABELS,
    kinds: [{ kind: 'Image', plural: 'images', columns: [{ name: 'Image', jsonPath: '.spec.image' }] }],
  },
];

const INSTALLED_WITH_CRDS = { 'knative.dev/crd-install': 'true' };

/** Declares Serving's custom resource definitions, without schemas: its webhook checks and completes what is not internal. */
export function addServingCrds(scope: Construct): void {
  for (const { kinds, labels, version: groupVersion, ...group } of GROUPS) {
    for (const { columns, ducks = [], version = groupVersion, ...kind } of kinds) {
      new CustomResourceDefinition(scope, {
        ...group,
        ...kind,
        versions: [{ name: version, subresources: { status: {} }, ...(columns && { columns }) }],
        labels: {
          ...labels,
          ...INSTALLED_WITH_CRDS,
          ...Object.fromEntries(ducks.map((duck) => [`duck.knative.dev/${duck}`, 'true'])),
        },
      });
    }
  }
}
