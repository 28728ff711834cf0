import { testExamples } from '../testing/doc-examples';
import { imageAllowed } from './image-allowed';

testExamples(imageAllowed, { allowedImages: ['registry.example.com/'] });
