import { testExamples } from '../testing/doc-examples';
import { crdMissing } from './crd-missing';

testExamples(crdMissing);
