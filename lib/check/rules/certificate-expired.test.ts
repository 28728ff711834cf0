import { testExamples } from '../testing/doc-examples';
import { certificateExpired } from './certificate-expired';

testExamples(certificateExpired);
