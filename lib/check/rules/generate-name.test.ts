import { testExamples } from '../testing/doc-examples';
import { generateName } from './generate-name';

testExamples(generateName);
