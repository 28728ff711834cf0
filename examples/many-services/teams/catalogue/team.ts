import { team } from '../../team';
import products from './products';
import pricing from './pricing';
import media from './media';

export default team('catalogue', [products, pricing, media]);
