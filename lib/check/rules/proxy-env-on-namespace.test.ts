import { testExamples } from '../testing/doc-examples';
import { proxyEnvOnNamespace } from './proxy-env-on-namespace';

testExamples(proxyEnvOnNamespace);
