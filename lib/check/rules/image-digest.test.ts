import { testExamples } from '../testing/doc-examples';
import { imageDigest } from './image-digest';

testExamples(imageDigest);
