import { team } from '../../team';
import index from './index';
import queries from './queries';

export default team('search', [index, queries]);
