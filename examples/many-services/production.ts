import { PRODUCTION } from './environments';
import { platformOf } from './platform';

export default platformOf(PRODUCTION);
