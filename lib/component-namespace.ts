import type { Namespace, NamespaceProps, Namespaces } from './namespaces';
import { addWarning } from './objects/mistakes';

/** What a component says of its namespace, and over it what a user says. Labels, annotations and settings of the proxy add up. */
export function componentNamespaceProps(own: NamespaceProps, given: NamespaceProps = {}): NamespaceProps {
  return {
    ...own,
    ...given,
    proxy: { ...own.proxy, ...given.proxy },
    labels: { ...own.labels, ...given.labels },
    annotations: { ...own.annotations, ...given.annotations },
  };
}

/** Declares the namespace of a component, with a warning where its pods are not in the mesh. */
export function addComponentNamespace(namespaces: Namespaces, name: string, props: NamespaceProps): Namespace {
  const namespace = namespaces.add(name, props);
  if (!namespace.meshed) {
    addWarning(
      namespace,
      'inject: "disabled" leaves the pods of the platform here without mTLS, and namespaces that require it refuse them: leave it out',
    );
  }
  return namespace;
}
