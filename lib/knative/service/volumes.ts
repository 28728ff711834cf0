import type { Volume, VolumeMount } from '../../../imports/serving.knative.dev';
import { WRITABLE_VOLUMES } from '../../model/serving/volumes';
import { quote } from '../../syntax/quote';
import type { Admission } from './admission';

/** Checks where a container mounts volumes: Serving mounts read-only what cannot be written, also where `false` is given. */
export function checkVolumeMounts(
  admission: Admission,
  path: string,
  mounts: readonly VolumeMount[],
  volumes: readonly Volume[],
): void {
  for (const [index, { name, readOnly }] of mounts.entries()) {
    const volume = volumes.find((candidate) => candidate.name === name);
    if (volume === undefined || readOnly !== false) continue;
    if (WRITABLE_VOLUMES.some((source) => volume[source] !== undefined)) continue;
    admission.refuse(
      `${path}[${index}].readOnly`,
      `must be true for ${quote(name)}: only ${WRITABLE_VOLUMES.join(', ')} can be written to`,
    );
  }
}
