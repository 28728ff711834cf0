import { team } from '../../team';
import gateway from './gateway';
import push from './push';

export default team('mobile', [gateway, push]);
