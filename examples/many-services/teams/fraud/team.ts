import { team } from '../../team';
import scoring from './scoring';
import cases from './cases';

export default team('fraud', [scoring, cases]);
