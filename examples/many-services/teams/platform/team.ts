import { team } from '../../team';
import notifications from './notifications';
import scheduling from './scheduling';
import files from './files';

export default team('platform', [notifications, scheduling, files]);
