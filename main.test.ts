import { inventory, withoutCertificates } from './testing/inventory';
import { collectObjects } from './lib/objects/collect';
import { renderFiles } from './lib/render/files';
import { readObjects } from './lib/review/release-objects';
import { inFiles, rendered } from './lib/review/reviewed-files';
import platform from './main';

const objects = collectObjects(platform);

/** What embedded releases bring: `dist/` shows them in full, and parity with upstream is proven elsewhere. */
const EMBEDDED = ['10-crds', '20-linkerd', '30-linkerd-viz', '45-knative-serving'];

const described = renderFiles(objects.filter(({ phase }) => !EMBEDDED.includes(phase)));

test.each(described.map(({ name, text }) => [name, text]))('%s', (_, text) => {
  expect(text).toMatchSnapshot();
});

// Who uses this repository puts certificates of their own into certs/, and goes on running its tests.
test('the embedded releases', () => {
  expect(inventory(withoutCertificates(objects.filter(({ phase }) => EMBEDDED.includes(phase))))).toMatchSnapshot();
});

test('its files are read as what it renders, so that those that are the same need not be read to tell what differs', () => {
  const read = inFiles(readObjects(renderFiles(objects, platform.files)));
  expect(read).toEqual(rendered(objects, platform.files).objects);
});
