import { INT32, INT64, TEXT, TEXTS, TEXT_MAP, fields, list, pointer } from './shape';

/** Where pods run, and how they resolve names. Source: the types of k8s.io/api v0.35.7, `core/v1`. */

export const LABEL_SELECTOR = pointer(
  fields({
    matchLabels: TEXT_MAP,
    matchExpressions: list(fields({ key: TEXT, operator: TEXT, values: TEXTS })),
  }),
);

const POD_AFFINITY_TERM = fields({
  labelSelector: LABEL_SELECTOR,
  namespaces: TEXTS,
  topologyKey: TEXT,
  namespaceSelector: LABEL_SELECTOR,
  matchLabelKeys: TEXTS,
  mismatchLabelKeys: TEXTS,
});
const POD_AFFINITY = pointer(
  fields({
    requiredDuringSchedulingIgnoredDuringExecution: list(POD_AFFINITY_TERM),
    preferredDuringSchedulingIgnoredDuringExecution: list(
      fields({ weight: INT32, podAffinityTerm: POD_AFFINITY_TERM }),
    ),
  }),
);
const NODE_REQUIREMENTS = list(fields({ key: TEXT, operator: TEXT, values: TEXTS }));
const NODE_TERM = fields({ matchExpressions: NODE_REQUIREMENTS, matchFields: NODE_REQUIREMENTS });
export const AFFINITY = pointer(
  fields({
    nodeAffinity: pointer(
      fields({
        requiredDuringSchedulingIgnoredDuringExecution: pointer(fields({ nodeSelectorTerms: list(NODE_TERM) })),
        preferredDuringSchedulingIgnoredDuringExecution: list(fields({ weight: INT32, preference: NODE_TERM })),
      }),
    ),
    podAffinity: POD_AFFINITY,
    podAntiAffinity: POD_AFFINITY,
  }),
);
export const TOLERATIONS = list(
  fields({ key: TEXT, operator: TEXT, value: TEXT, effect: TEXT, tolerationSeconds: pointer(INT64) }),
);
export const SPREAD = list(
  fields({
    maxSkew: INT32,
    topologyKey: TEXT,
    whenUnsatisfiable: TEXT,
    labelSelector: LABEL_SELECTOR,
    minDomains: pointer(INT32),
    nodeAffinityPolicy: pointer(TEXT),
    nodeTaintsPolicy: pointer(TEXT),
    matchLabelKeys: TEXTS,
  }),
);
export const DNS_CONFIG = pointer(
  fields({ nameservers: TEXTS, searches: TEXTS, options: list(fields({ name: TEXT, value: pointer(TEXT) })) }),
);
