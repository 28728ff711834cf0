/** What differs between the environments; all else is one description. */
export interface Environment {
  /** Also its folder in `dist/`. */
  readonly name: string;
  readonly domain: string;

  /** Pods of Ambassador. */
  readonly replicas: number;

  /** The most pods of a service that says nothing of its own. */
  readonly maxScale: number;

  /** The version of all images; in a real repository the one that CI built, a digest at best. */
  readonly version: string;
}

export const STAGING: Environment = {
  name: 'staging',
  domain: 'staging.example.com',
  replicas: 2,
  maxScale: 2,
  version: '1.5.0-rc.1',
};

export const PRODUCTION: Environment = {
  name: 'production',
  domain: 'example.com',
  replicas: 5,
  maxScale: 10,
  version: '1.4.2',
};
