import { testExamples } from '../testing/doc-examples';
import { notTappable } from './not-tappable';

testExamples(notTappable);
