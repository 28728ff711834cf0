import { FIELD_REF, RESOURCE_FIELD_REF } from './container-fields';
import { METADATA } from './metadata-fields';
import { needs, never } from './refusals';
import { LABEL_SELECTOR } from './scheduling-fields';
import { ANY, FLAG, INT32, INT64, QUANTITIES, QUANTITY, TEXT, TEXTS, TEXT_MAP, fields, list, pointer } from './shape';

/** Something of the same namespace. */
export const REFERENCE = fields({ name: TEXT });
const ITEMS = list(fields({ key: TEXT, path: TEXT, mode: pointer(INT32) }));
const DOWNWARD_ITEMS = list(
  fields({ path: TEXT, fieldRef: FIELD_REF, resourceFieldRef: RESOURCE_FIELD_REF, mode: pointer(INT32) }),
);
const PROJECTED = pointer(fields({ name: TEXT, items: ITEMS, optional: pointer(FLAG) }));
const CLAIM_RESOURCES = fields({ limits: QUANTITIES, requests: QUANTITIES });

/** A volume. Sources: Serving 1.23.0, `pkg/apis/serving/fieldmask.go`; the types of k8s.io/api v0.35.7, `core/v1`. */
export const VOLUME = fields({
  name: TEXT,
  hostPath: needs('kubernetes.podspec-volumes-hostpath', pointer(fields({ path: TEXT, type: pointer(TEXT) }))),
  emptyDir: needs(
    'kubernetes.podspec-volumes-emptydir',
    pointer(fields({ medium: TEXT, sizeLimit: pointer(QUANTITY) })),
  ),
  secret: pointer(fields({ secretName: TEXT, items: ITEMS, defaultMode: pointer(INT32), optional: pointer(FLAG) })),
  configMap: pointer(fields({ name: TEXT, items: ITEMS, defaultMode: pointer(INT32), optional: pointer(FLAG) })),
  projected: pointer(
    fields({
      sources: list(
        fields({
          secret: PROJECTED,
          downwardAPI: pointer(fields({ items: DOWNWARD_ITEMS })),
          configMap: PROJECTED,
          serviceAccountToken: pointer(fields({ audience: TEXT, expirationSeconds: pointer(INT64), path: TEXT })),
          clusterTrustBundle: never(
            pointer(
              fields({
                name: pointer(TEXT),
                signerName: pointer(TEXT),
                labelSelector: LABEL_SELECTOR,
                optional: pointer(FLAG),
                path: TEXT,
              }),
            ),
          ),
          podCertificate: never(
            pointer(
              fields({
                signerName: TEXT,
                keyType: TEXT,
                maxExpirationSeconds: pointer(INT32),
                credentialBundlePath: TEXT,
                keyPath: TEXT,
                certificateChainPath: TEXT,
                userAnnotations: TEXT_MAP,
              }),
            ),
          ),
        }),
      ),
      defaultMode: pointer(INT32),
    }),
  ),
  persistentVolumeClaim: needs(
    'kubernetes.podspec-persistent-volume-claim',
    pointer(fields({ claimName: TEXT, readOnly: FLAG })),
  ),
  csi: needs(
    'kubernetes.podspec-volumes-csi',
    pointer(
      fields({
        driver: TEXT,
        readOnly: pointer(FLAG),
        fsType: pointer(TEXT),
        volumeAttributes: TEXT_MAP,
        nodePublishSecretRef: pointer(REFERENCE),
      }),
    ),
  ),
  ephemeral: needs(
    'kubernetes.podspec-volumes-ephemeral',
    pointer(
      fields({
        volumeClaimTemplate: pointer(
          fields({
            metadata: METADATA,
            spec: fields({
              accessModes: TEXTS,
              selector: LABEL_SELECTOR,
              resources: CLAIM_RESOURCES,
              volumeName: TEXT,
              storageClassName: pointer(TEXT),
              volumeMode: pointer(TEXT),
              dataSource: pointer(fields({ apiGroup: pointer(TEXT), kind: TEXT, name: TEXT })),
              dataSourceRef: pointer(
                fields({ apiGroup: pointer(TEXT), kind: TEXT, name: TEXT, namespace: pointer(TEXT) }),
              ),
              volumeAttributesClassName: pointer(TEXT),
            }),
          }),
        ),
      }),
    ),
  ),
  image: needs('kubernetes.podspec-volumes-image', pointer(fields({ reference: TEXT, pullPolicy: TEXT }))),
  nfs: never(pointer(fields({ server: TEXT, path: TEXT, readOnly: FLAG }))),
  downwardAPI: never(pointer(fields({ items: DOWNWARD_ITEMS, defaultMode: pointer(INT32) }))),
  gitRepo: never(pointer(fields({ repository: TEXT, revision: TEXT, directory: TEXT }))),
  ...Object.fromEntries(
    [
      'gcePersistentDisk',
      'awsElasticBlockStore',
      'iscsi',
      'glusterfs',
      'rbd',
      'flexVolume',
      'cinder',
      'cephfs',
      'flocker',
      'fc',
      'azureFile',
      'vsphereVolume',
      'quobyte',
      'azureDisk',
      'photonPersistentDisk',
      'portworxVolume',
      'scaleIO',
      'storageos',
    ].map((source) => [source, never(ANY)]),
  ),
});
