import { STAGING } from './environments';
import { platformOf } from './platform';

export default platformOf(STAGING);
