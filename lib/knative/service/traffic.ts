import type { TrafficTarget as WireTrafficTarget } from '../../../imports/serving.knative.dev';
import { dns1035LabelProblem } from '../../syntax/dns';
import { quote } from '../../syntax/quote';
import { wholeNumberProblem } from '../../syntax/whole-number';
import type { Admission } from './admission';
import { renderTemplate } from './domain-template';

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

/** The traffic of a service. Source of the rules: Serving 1.23.0, `pkg/apis/serving/v1/route_validation.go`. */
export function trafficTargets(
  admission: Admission,
  service: string,
  targets: readonly TrafficTarget[],
): WireTrafficTarget[] {
  const tags = new Map<string, string>();
  for (const [index, target] of targets.entries()) {
    const where = `traffic[${index}]`;
    const { revisionName, latestRevision, percent, tag } = target;
    if ((revisionName === undefined) === (latestRevision === undefined)) {
      admission.refuse(where, 'has none or both of revisionName and latestRevision: give one');
    }
    if (revisionName !== undefined) admission.refuse(`${where}.revisionName`, dns1035LabelProblem(revisionName));
    if (percent !== undefined) admission.refuse(`${where}.percent`, wholeNumberProblem(percent, 0, 100));
    if (tag === undefined) continue;
    checkTag(admission, `${where}.tag`, tag, service);
    const earlier = tags.get(tag);
    if (earlier === undefined) tags.set(tag, where);
    else admission.refuse(`${where}.tag`, `${quote(tag)} is the tag of ${earlier} already: choose another`);
  }
  const sum = targets.reduce((total, { percent = 0 }) => total + percent, 0);
  if (sum !== 100) admission.refuse('traffic', `the percentages sum to ${sum}: make them 100`);
  checkLimits(admission, targets, tags.size > 0);
  return [...targets];
}

function checkTag(admission: Admission, where: string, tag: string, service: string): void {
  admission.refuse(where, dns1035LabelProblem(tag));
  const label = renderTemplate(admission.config.network.tagTemplate, { Name: service, Tag: tag });
  if (label !== undefined && label.length > 63) {
    admission.refuse(
      where,
      `${quote(tag)} makes the host's label ${quote(label)}, of ${label.length} characters: at most 63 are allowed`,
    );
  }
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
