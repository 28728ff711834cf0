import { team } from '../../team';
import models from './models';
import features from './features';

export default team('recommendations', [models, features]);
