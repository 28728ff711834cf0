import { testExamples } from '../testing/doc-examples';
import { kubernetesSchema } from './kubernetes-schema';

testExamples(kubernetesSchema);
