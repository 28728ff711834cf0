/** What is said of an object although Serving's own validation takes it, and why. */
export const STRICTER = {
  'visibility-ignored':
    'the label does nothing, so the service is public, which its author does not want (Serving 1.23.0, pkg/reconciler/route/domains)',
  'host-label':
    'the controller cannot make a host with a label of more than 63 characters, so the service never gets ready',
  'image-grammar': 'container runtimes refuse the reference, so no pod starts (distribution, reference/regexp.go)',
  'no-utilization':
    'the autoscaler never knows how much of the requested CPU is used, so it never scales (Kubernetes 1.34, pkg/controller/podautoscaler)',
  'not-a-number':
    'Go reads NaN and Inf as numbers, and every comparison with them passes; the autoscaler cannot use them',
  kubernetes:
    'the API server refuses the object, or the Deployment that Serving makes of it, so the service never gets ready (Kubernetes 1.34, pkg/apis/core/validation)',
  'quantity-grammar':
    "Go reads an empty number as 0, which the pattern in the API server's schema of quantities refuses",
  'revision-name': "a revision's name is a DNS label, so no revision is ever called what this says",
  'setting-ignored':
    'a key or a value of a ConfigMap that Serving leaves alone, or will, sets nothing, which its author does not know',
} as const;

/** The name of a reason. */
export type Stricter = keyof typeof STRICTER;
