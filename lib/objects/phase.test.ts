import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, YamlOutputType } from 'cdk8s';
import { Phase } from './phase';
import { UpstreamDocument } from './upstream-document';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phase-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What `app.synth()` writes of an object of our own, a vendored document, and one that an overlay removes. */
function written(yamlOutputType: YamlOutputType): string {
  const app = new App({ outdir: folder, yamlOutputType });
  const phase = new Phase(app, 'linkerd');
  new ApiObject(phase, 'own', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'own', namespace: 'a' } });
  const document = (name: string) => ({
    manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'a' } },
    source: 'vendor/linkerd.yaml:1',
  });
  new UpstreamDocument(phase, 'vendored', document('vendored'));
  new UpstreamDocument(phase, 'removed', { ...document('removed'), changes: [() => undefined] });
  app.synth();
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('---\n');
}

test.each([YamlOutputType.FILE_PER_APP, YamlOutputType.FILE_PER_CHART, YamlOutputType.FILE_PER_RESOURCE])(
  'app.synth() of cdk8s writes vendored documents as well: %s',
  (type) => {
    expect([...written(type).matchAll(/name: (\S+)/g)].map(([, name]) => name).sort()).toEqual(['own', 'vendored']);
  },
);

test('… or says that it does not', () => {
  expect(() => written(YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)).toThrow(
    /vendored documents are not written/,
  );
});
