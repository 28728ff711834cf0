import { team } from '../../team';
import onboarding from './onboarding';
import feeds from './feeds';
import settlement from './settlement';

export default team('partners', [onboarding, feeds, settlement]);
