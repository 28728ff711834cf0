import { SERVING_VERSION } from './images';

/** The labels that Serving's objects have, and its namespace. */
export const SERVING_LABELS = {
  'app.kubernetes.io/name': 'knative-serving',
  'app.kubernetes.io/version': SERVING_VERSION,
} as const;

/** The labels of the objects of one component. */
export function componentLabels(component: string): Record<string, string> {
  return { ...SERVING_LABELS, 'app.kubernetes.io/component': component };
}
