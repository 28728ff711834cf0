import { team } from '../../team';
import ratings from './ratings';
import moderation from './moderation';

export default team('reviews', [ratings, moderation]);
