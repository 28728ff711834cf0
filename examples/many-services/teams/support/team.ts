import { team } from '../../team';
import tickets from './tickets';
import chat from './chat';

export default team('support', [tickets, chat]);
