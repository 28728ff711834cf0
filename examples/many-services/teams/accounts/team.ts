import { team } from '../../team';
import signIn from './sign-in';
import profiles from './profiles';
import consent from './consent';

export default team('accounts', [signIn, profiles, consent]);
