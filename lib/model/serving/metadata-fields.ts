import { ANY, FLAG, INT64, TEXT, TEXTS, TEXT_MAP, TIME, fields, list, pointer } from './shape';

/** The metadata of an object, and of a template. Source: apimachinery v0.35.7, `pkg/apis/meta/v1/types.go`. */
export const METADATA = fields({
  name: TEXT,
  generateName: TEXT,
  namespace: TEXT,
  selfLink: TEXT,
  uid: TEXT,
  resourceVersion: TEXT,
  generation: INT64,
  creationTimestamp: TIME,
  deletionTimestamp: TIME,
  deletionGracePeriodSeconds: pointer(INT64),
  labels: TEXT_MAP,
  annotations: TEXT_MAP,
  ownerReferences: list(
    fields({
      apiVersion: TEXT,
      kind: TEXT,
      name: TEXT,
      uid: TEXT,
      controller: pointer(FLAG),
      blockOwnerDeletion: pointer(FLAG),
    }),
  ),
  finalizers: TEXTS,
  managedFields: ANY,
});
