import { testExamples } from '../testing/doc-examples';
import { replicasAutoscaled } from './replicas-autoscaled';

testExamples(replicasAutoscaled);
