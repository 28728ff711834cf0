import { parseDocument } from 'yaml';
import type { KnownBytes } from './lock';

/** What a lock is to say of a component from now on. */
export interface ComponentRecord {
  readonly component: string;
  readonly version: string;

  /** In the order of the lock. What is not known goes, as it was another version's. */
  readonly files: readonly (KnownBytes & { readonly archive: KnownBytes })[];
}

/** The text of a lock with other versions, sizes and sums. Comments and all else stay. */
export function recordInLock(text: string, records: readonly ComponentRecord[]): string {
  const document = parseDocument(text);
  const set = (path: readonly unknown[], value: unknown): void => {
    if (document.getIn(path) === value) return;
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, value);
  };
  for (const { component, version, files } of records) {
    set(['components', component, 'version'], version);
    files.forEach(({ size, sha256, archive }, index) => {
      const file = ['components', component, 'files', index];
      set([...file, 'size'], size);
      set([...file, 'sha256'], sha256);
      if (!document.hasIn([...file, 'chart'])) return;
      set([...file, 'chart', 'size'], archive.size);
      set([...file, 'chart', 'sha256'], archive.sha256);
    });
  }
  return document.toString({ lineWidth: 0, singleQuote: true });
}
