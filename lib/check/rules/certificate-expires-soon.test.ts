import { testExamples } from '../testing/doc-examples';
import { certificateExpiresSoon } from './certificate-expires-soon';

testExamples(certificateExpiresSoon);
