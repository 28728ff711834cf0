import { team } from '../../team';
import stock from './stock';
import warehouses from './warehouses';

export default team('inventory', [stock, warehouses]);
