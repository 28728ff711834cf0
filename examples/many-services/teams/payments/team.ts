import { team } from '../../team';
import checkout from './checkout';
import ledger from './ledger';
import payouts from './payouts';

export default team('payments', [checkout, ledger, payouts]);
