import { platformOf } from './services';
export default platformOf(10000);
