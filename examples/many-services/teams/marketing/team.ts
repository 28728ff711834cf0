import { team } from '../../team';
import campaigns from './campaigns';
import newsletters from './newsletters';
import vouchers from './vouchers';

export default team('marketing', [campaigns, newsletters, vouchers]);
