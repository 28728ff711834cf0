import { testExamples } from '../testing/doc-examples';
import { customResourceSchema } from './custom-resource-schema';

testExamples(customResourceSchema);
