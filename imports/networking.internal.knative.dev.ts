/** `networking.internal.knative.dev/v1alpha1`, as far as the platform renders it. Source: knative.dev/networking, `pkg/apis/networking/v1alpha1`. */
import { apiObjectClass } from './api-object';
import type { ObjectMeta } from './kubernetes';

export interface CertificateProps {
  readonly metadata: ObjectMeta;
  readonly spec: CertificateSpec;
}

/** A certificate that Serving asks a certificate controller for. */
export interface CertificateSpec {
  /** The names that it covers; the first label may be `*`. */
  readonly dnsNames: readonly string[];

  /**
   * The domain that all of them are within.
   *
   * @default - none is named
   */
  readonly domain?: string;

  /** The Secret that certificate and key are written to. */
  readonly secretName: string;
}

export class Certificate extends apiObjectClass<CertificateProps>(
  'networking.internal.knative.dev/v1alpha1',
  'Certificate',
) {}
