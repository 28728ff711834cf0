import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/**
 * An object as a construct has declared it, taken out of it: a release brings the object itself, and is to have this one laid over it.
 *
 * @param id of the object's construct
 * @throws Error if there is none
 */
export function take(scope: Construct, id: string): unknown {
  const construct = scope.node.tryFindChild(id);
  if (!(construct instanceof ApiObject)) throw new Error(`${scope.node.path} declares no object ${id}`);
  const manifest: unknown = construct.toJson();
  scope.node.tryRemoveChild(id);
  return manifest;
}
