import { testExamples } from '../testing/doc-examples';
import { applySize } from './apply-size';

testExamples(applySize);
