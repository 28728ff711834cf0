import { team } from '../../team';
import points from './points';
import rewards from './rewards';

export default team('loyalty', [points, rewards]);
