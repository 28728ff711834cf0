import { team } from '../../team';
import pages from './pages';
import assets from './assets';
import translations from './translations';

export default team('content', [pages, assets, translations]);
