import type { TrafficTarget as WireTrafficTarget } from '../../../imports/serving.knative.dev';
import type { Admission } from './admission';

interface TrafficShare {
  /**
   * Percent of the requests, 0 to 100. All targets together have 100.
   *
   * @default 0
   */
  readonly percent?: number;

  /**
   * Gives the revision a host of its own as well, `<tag>-<service>`.
   *
   * @default - none
   */
  readonly tag?: string;
}

/** Where a share of the requests goes: to a revision of that name, or to the latest one that is ready. */
export type TrafficTarget = TrafficShare &
  (
    | { readonly revisionName: string; readonly latestRevision?: never }
    | { readonly latestRevision: true; readonly revisionName?: never }
  );

/** The traffic of a service. */
export function trafficTargets(admission: Admission, targets: readonly TrafficTarget[]): WireTrafficTarget[] {
  if (targets.length === 0) admission.refuse('traffic', 'is empty: give where requests go, or leave it out');
  for (const [index, { revisionName, latestRevision }] of targets.entries()) {
    if ((revisionName === undefined) === (latestRevision === undefined)) {
      admission.refuse(`traffic[${index}]`, 'has none or both of revisionName and latestRevision: give one');
    }
  }
  const tagged = targets.some(({ tag = '' }) => tag !== '');
  checkLimits(admission, targets, tagged);
  return [...targets];
}

function checkLimits(admission: Admission, targets: readonly TrafficTarget[], tagged: boolean): void {
  const { trafficSplit, tagHeader } = admission.networking.limits;
  const revisions = new Set(targets.filter(({ percent = 0 }) => percent > 0).map(({ revisionName }) => revisionName));
  if (trafficSplit && revisions.size > 1) {
    admission.refuseForLimit('traffic', `requests are split over ${revisions.size} revisions`, trafficSplit);
  }
  if (tagHeader && tagged && admission.config.features.tagHeaderBasedRouting === 'enabled') {
    admission.refuseForLimit('traffic', 'tags are refused while tag-header-based-routing is enabled', tagHeader);
  }
}
