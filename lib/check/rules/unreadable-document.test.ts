import { readDocuments } from '../../releases/documents';
import { check } from '../check';
import { blocksOf } from '../testing/doc-examples';
import { unreadableDocument } from './unreadable-document';

const findingsIn = (section: 'Bad' | 'Good') => {
  const [block] = blocksOf(unreadableDocument, section);
  const { mistakes } = readDocuments(block?.text ?? '', 'values.yaml');
  return check([], { rules: [unreadableDocument], unreadable: mistakes }).findings;
};

test('the bad example of its page is found, with its line', () => {
  expect(findingsIn('Bad')).toMatchObject([{ rule: 'unreadable-document', source: 'values.yaml:1' }]);
});

test('nothing is found in the good one', () => {
  expect(findingsIn('Good')).toEqual([]);
});
