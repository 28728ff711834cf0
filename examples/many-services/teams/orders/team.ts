import { team } from '../../team';
import intake from './intake';
import fulfilment from './fulfilment';
import returns from './returns';

export default team('orders', [intake, fulfilment, returns]);
