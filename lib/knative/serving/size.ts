import type { IConstruct } from 'constructs';
import { addMistake } from '../../objects/mistakes';
import { quantityProblem, quantityValue } from '../../syntax/quantity';
import { quote } from '../../syntax/quote';
import { wholeNumberProblem } from '../../syntax/whole-number';
import type { Component, ComponentName, ComponentResources } from './components/component';
import type { AutoscaledComponentOptions, FixedComponentOptions } from './options';

/** How many pods of a component run, and what each may use. */
export interface Size {
  /** `undefined` leaves it to Kubernetes, which runs one, or to the HPA. */
  readonly replicas: number | undefined;

  /** Between how many pods an HPA chooses; `undefined` where their number is fixed. */
  readonly autoscaling: Component['autoscaling'];

  readonly resources: ComponentResources;
}

/** As many pods as run of each component where it is to be highly available. */
const HIGHLY_AVAILABLE = 3;

/** The size of a component with its options: what they do not say is as in the release, or what high availability asks for. */
export function sizeOf(
  { autoscaling, resources }: Component,
  options: FixedComponentOptions & AutoscaledComponentOptions,
  highAvailability: boolean,
): Size {
  const pods = highAvailability ? HIGHLY_AVAILABLE : undefined;
  return {
    replicas: autoscaling === undefined ? (options.replicas ?? pods) : undefined,
    autoscaling: autoscaling && {
      minReplicas: options.minReplicas ?? pods ?? autoscaling.minReplicas,
      maxReplicas: options.maxReplicas ?? autoscaling.maxReplicas,
    },
    resources: options.resources ?? resources,
  };
}

/** Records what is wrong with the size of a component. */
export function checkSize(
  construct: IConstruct,
  name: ComponentName,
  { replicas, autoscaling, resources }: Size,
): void {
  const refuse = (prop: string, problem: string | undefined): void => {
    if (problem !== undefined) addMistake(construct, `components.${name}.${prop}: ${problem}`);
  };
  if (replicas !== undefined) refuse('replicas', wholeNumberProblem(replicas, 1));
  if (autoscaling !== undefined) {
    const { minReplicas, maxReplicas } = autoscaling;
    refuse('minReplicas', wholeNumberProblem(minReplicas, 1));
    refuse('maxReplicas', wholeNumberProblem(maxReplicas, 1));
    if (minReplicas > maxReplicas) {
      refuse('maxReplicas', `${maxReplicas} is less than minReplicas, ${minReplicas}: raise it, or lower minReplicas`);
    }
    if (resources.requests?.cpu === undefined) {
      refuse(
        'resources.requests.cpu',
        'missing, and pods are added by how much of it they use: write for example "300m"',
      );
    }
  }
  checkResources(refuse, resources);
}

function checkResources(
  refuse: (prop: string, problem: string | undefined) => void,
  { requests = {}, limits = {} }: ComponentResources,
): void {
  for (const [kind, quantities] of Object.entries({ requests, limits })) {
    for (const [name, value] of Object.entries(quantities)) {
      refuse(`resources.${kind}.${name}`, quantityProblem(String(value)));
    }
  }
  for (const [name, request] of Object.entries(requests)) {
    const limit = limits[name];
    if (limit === undefined || [request, limit].some((value) => quantityProblem(String(value)) !== undefined)) continue;
    if (quantityValue(String(request)) <= quantityValue(String(limit))) continue;
    const problem = `${quote(request)} is more than the limit ${quote(limit)}: lower it, or raise the limit`;
    refuse(`resources.requests.${name}`, problem);
  }
}
