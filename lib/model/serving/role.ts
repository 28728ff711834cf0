/** What a container is to its pod: it takes the requests, stands beside the one that does, or runs to its end before. */
export type Role = 'serving' | 'sidecar' | 'init';
