import type { X509Certificate } from 'node:crypto';
import { commonName, validity } from './certificate';
import { mistake } from './identity-folders';
import type { Validity } from './issue';
import { lifetimeMilliseconds, lifetimeProblem } from './lifetime';

/** Clocks of clusters differ: a certificate is valid a little before it is made. */
const SKEW = 5 * 60_000;

/**
 * From when and until when a certificate that is made now is valid.
 *
 * @param what what the lifetime is of, for messages
 * @throws Mistakes if the lifetime is none, or ends after the one of the authority that signs
 */
export function validityOf(what: string, lifetime: string, now: Date, authority?: X509Certificate): Validity {
  const problem = lifetimeProblem(lifetime);
  const milliseconds = lifetimeMilliseconds(lifetime);
  if (problem !== undefined || milliseconds === undefined) throw mistake(`lifetime of the ${what}`, problem ?? '');
  const made = { from: seconds(now.getTime() - SKEW), to: seconds(now.getTime() + milliseconds) };
  const last = authority === undefined ? undefined : validity(authority).to;
  if (authority !== undefined && last !== undefined && last < made.to) {
    throw mistake(
      `lifetime of the ${what}`,
      `"${lifetime}" ends after that of ${commonName(authority)}, on ${day(last)}: give a shorter one, or a new authority first`,
    );
  }
  return made;
}

/** A date as people write it, in UTC. */
export const day = (date: Date): string => date.toISOString().slice(0, 10);

/** Certificates have no fractions of a second. */
const seconds = (milliseconds: number): Date => new Date(Math.floor(milliseconds / 1000) * 1000);
