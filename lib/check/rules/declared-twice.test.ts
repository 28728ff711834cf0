import { testExamples } from '../testing/doc-examples';
import { declaredTwice } from './declared-twice';

testExamples(declaredTwice);
