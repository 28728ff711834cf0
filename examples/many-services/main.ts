import { PRODUCTION, STAGING } from './environments';
import { platformOf } from './platform';

export default [STAGING, PRODUCTION].map((environment) => platformOf(environment));
