import type { DeploymentProps } from '../../imports/kubernetes';

/**
 * A release's Deployment with the platform's laid over it: what either says alone stays, where both say something the platform's counts.
 *
 * @param image whether the image is the platform's; otherwise it is the release's
 * @throws Error if one of the two has no container
 */
export function withOwnDeployment<Given extends DeploymentProps>(
  upstream: Given,
  own: DeploymentProps,
  image: boolean,
): Given {
  const [theirs, ours] = [upstream.spec, own.spec];
  const [container] = theirs?.template.spec?.containers ?? [];
  const [ownContainer] = ours?.template.spec?.containers ?? [];
  if (theirs === undefined || ours === undefined || container === undefined || ownContainer === undefined) {
    throw new Error('it has no container');
  }
  const env = new Map(
    [...(container.env ?? []), ...(ownContainer.env ?? [])].map((variable) => [variable.name, variable]),
  );
  return {
    ...upstream,
    spec: {
      ...theirs,
      ...ours,
      // A Deployment's selector never changes.
      selector: theirs.selector,
      template: {
        metadata: {
          ...theirs.template.metadata,
          labels: { ...theirs.template.metadata?.labels, ...ours.template.metadata?.labels },
          annotations: { ...theirs.template.metadata?.annotations, ...ours.template.metadata?.annotations },
        },
        spec: {
          ...theirs.template.spec,
          ...ours.template.spec,
          containers: [
            {
              ...container,
              ...ownContainer,
              ...(!image && container.image !== undefined && { image: container.image }),
              env: [...env.values()],
            },
          ],
        },
      },
    },
  };
}
