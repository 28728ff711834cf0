import { team } from '../../team';
import tokens from './tokens';
import directory from './directory';

export default team('identity', [tokens, directory]);
