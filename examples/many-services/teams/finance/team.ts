import { team } from '../../team';
import invoices from './invoices';
import tax from './tax';

export default team('finance', [invoices, tax]);
