import { testExamples } from '../testing/doc-examples';
import { privateKey } from './private-key';

testExamples(privateKey);
