import { vendoredPlatform } from './platform';

export default vendoredPlatform();
