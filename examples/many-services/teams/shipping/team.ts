import { team } from '../../team';
import carriers from './carriers';
import tracking from './tracking';
import labels from './labels';

export default team('shipping', [carriers, tracking, labels]);
