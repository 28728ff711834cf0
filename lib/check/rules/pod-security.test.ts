import { testExamples } from '../testing/doc-examples';
import { podSecurity } from './pod-security';

testExamples(podSecurity);
