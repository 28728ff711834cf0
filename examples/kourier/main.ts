import { kourierPlatform } from './platform';

export default kourierPlatform();
