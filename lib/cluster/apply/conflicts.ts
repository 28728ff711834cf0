/** A field that another manager has, and a server-side apply would change. */
export interface Conflict {
  readonly manager: string;

  /** `.spec.replicas` */
  readonly field: string;
}

/** What the API server says of each manager: its name, and the subresource and the version of the API through which it set the fields. */
const MANAGER = /conflicts? with "([^"]*)"(?: with subresource "[^"]*")?(?: using [^\s:]+)?(?: at [^\s]+)?:(.*)/;

/**
 * The conflicts that kubectl tells of one object. Of one field the line of its manager says it, of several a list does below.
 * Source: kubectl 1.32 `pkg/cmd/apply/apply.go`, apiserver 0.34 `pkg/util/managedfields/internal/conflict.go`.
 */
export function conflictsIn(stderr: string): Conflict[] {
  const conflicts: Conflict[] = [];
  let manager: string | undefined;
  for (const line of stderr.split('\n')) {
    const [, name, field = ''] = MANAGER.exec(line) ?? [];
    if (name !== undefined) {
      manager = name;
      if (field.trim() !== '') conflicts.push({ manager, field: field.trim() });
    } else if (manager !== undefined && line.startsWith('- ')) conflicts.push({ manager, field: line.slice(2).trim() });
    else manager = undefined;
  }
  return conflicts;
}

/** `.data.a and .data.b belong to "helm"`, manager by manager. */
export function describeConflicts(conflicts: readonly Conflict[]): string {
  const fields = new Map<string, string[]>();
  for (const { manager, field } of conflicts) fields.set(manager, [...(fields.get(manager) ?? []), field]);
  return [...fields]
    .map(
      ([manager, own]) => `${own.join(', ')} ${own.length === 1 ? 'belongs' : 'belong'} to ${JSON.stringify(manager)}`,
    )
    .join('; ');
}
