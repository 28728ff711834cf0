/**
 * Whether Serving says something of the place of a path. It says paths in a list behind what is wrong; and of what cannot be decoded it says the
 * first field alone, or its value's type.
 */
export function isSamePlace(error: string, path: string): boolean {
  if (error.startsWith('no such kind served')) return path === 'apiVersion' || path === 'kind';
  if (error.startsWith('decode: ')) return isDecoded(error, path);
  const ours = plain(path);
  return error.split('\n').some((line) => WITHOUT_PATH.some((one) => one.says(line, ours)) || pathsOf(line).has(ours));
}

function isDecoded(error: string, path: string): boolean {
  const [, unknown] = /unknown field "(.*)"/.exec(error) ?? [];
  if (unknown !== undefined) return plain(path) === unknown || plain(path).endsWith(`.${unknown}`);
  const [, field] = /Go struct field (\S+) of type/.exec(error) ?? [];
  // A quantity and a time say their text alone.
  return field === undefined || steps(path).includes(field.split('.').at(-1) ?? '');
}

/** The last field of a path, and the one before a key. */
const steps = (path: string): string[] =>
  path
    .replace(/\["[^\]]*"\]$/, '')
    .replace(/\[\d+\]/g, '')
    .split('.')
    .slice(-2);

/** Keys in brackets as Serving says most of them: behind a dot. */
const plain = (path: string): string => path.replace(/\["((?:[^"\\]|\\.)*)"\]/g, '.$1');

/** What Serving says without a path, and where it is. */
const WITHOUT_PATH = (
  [
    [/^multi-container is off/, /\.spec\.containers$/],
    [/^pod spec support for init-containers is off/, /\.spec\.initContainers$/],
    [/^EmptyDir volume support is disabled/, /\.volumes\[\d+\]\.emptyDir$/],
    [/^HostPath volume support is disabled/, /\.volumes\[\d+\]\.hostPath$/],
    [/^CSI volume support is disabled/, /\.volumes\[\d+\]\.csi$/],
    [/^Ephemeral volume support is disabled/, /\.volumes\[\d+\]\.ephemeral$/],
    [/^Image volume support is disabled/, /\.volumes\[\d+\]\.image$/],
    [/^Persistent volume claim support is disabled/, /\.volumes\[\d+\]\.persistentVolumeClaim$/],
    [/^Persistent volume write support is disabled/, /\.volumes\[\d+\]\.persistentVolumeClaim\.readOnly$/],
    [/^Volume Mount Propagation support is disabled/, /\.volumeMounts\[\d+\]\.mountPropagation$/],
  ] as const
).map(([message, place]) => ({ says: (line: string, path: string) => message.test(line) && place.test(path) }));

/** Serving says a few places otherwise than they are. */
const ALSO: readonly ((path: string, line: string) => string)[] = [
  // It says where annotations are, and which one in front.
  (path, line) =>
    path.endsWith('annotations') ? `${path}.${/^invalid key name "([^"]*)"/.exec(line)?.[1] ?? ''}` : path,
  // It says the fields of which there must be one, and where they should be.
  (path, line) => (line.startsWith('expected exactly one') ? path.replace(/\.\w+$/, '') : path),
  // `spec.traffic.tag[1]`
  (path) => path.replace(/\.tag(\[\d+\])$/, '$1.tag'),
  // A port's number and name without which port it is: the first.
  (path) => path.replace(/\.ports(\.\w+)?$/, '.ports[0]$1'),
  (path) => path.replace(/\.ports$/, '.ports[0].name'),
  // `annotations.[key]`
  (path) => path.replace(/\.\[(.*)\]$/, '.$1'),
  // A probe that a sidecar may not have is said by what it has.
  (path) => path.replace(/(\.(?:liveness|readiness|startup)Probe)\.\w+$/, '$1'),
  // Init containers are called containers; and where one is of that name, the index comes twice.
  (path) => path.replace('.containers[', '.initContainers['),
  (path) => path.replace(/^(spec\.template\.spec)(?:\.containers\[\d+\])+(\.containers\[\d+\])/, '$1$2'),
  // The fields of an annotation are said by their newer spelling.
  (path) => path.replace(/(?<=annotations\..*)-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  // What is wrong stands behind the key.
  (path) => path.replace(/(initial-?[sS]cale)(?:=0 not allowed by cluster| must be greater than 0)$/, '$1'),
  // `envFrom.configMapRef`
  (path) => path.replace(/\.envFrom$/, '.envFrom[0]'),
  (path) => path.replace(/\.projected\[(\d+)\]/, '.projected.sources[$1]'),
  (path) => path.replace(/(\.volumes\[\d+\])\.(?=items\[)/, '$1.configMap.'),
  (path) => path.replace(/(\.volumes\[\d+\])\.(?=items\[)/, '$1.secret.'),
];

/** The paths in a line of what Serving says, each as it may be meant. */
function pathsOf(line: string): Set<string> {
  const colon = line.lastIndexOf(': ');
  const paths = new Set(colon < 0 ? [] : line.slice(colon + 2).split(', '));
  // What one reading gives, another may read on.
  for (const path of paths) for (const also of ALSO) paths.add(also(path, line));
  return paths;
}
