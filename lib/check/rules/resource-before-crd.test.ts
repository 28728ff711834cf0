import { testExamples } from '../testing/doc-examples';
import { resourceBeforeCrd } from './resource-before-crd';

testExamples(resourceBeforeCrd);
