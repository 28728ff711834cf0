import { isIP } from 'node:net';
import { quote } from './quote';

/** What is wrong with a network in CIDR notation, IPv4 or IPv6. `undefined` if nothing is. */
export function cidrProblem(value: string): string | undefined {
  const [address = '', mask, ...more] = value.split('/');
  const family = isIP(address);
  if (family !== 0 && mask === undefined) {
    return `${quote(value)} is an address without a mask: write ${quote(`${address}/${family === 4 ? 32 : 128}`)} for that address alone`;
  }
  const bits = /^\d{1,3}$/.test(mask ?? '') ? Number(mask) : Infinity;
  if (family !== 0 && bits <= (family === 4 ? 32 : 128) && more.length === 0) return undefined;
  return `${quote(value)} is not a network: write for example "10.0.0.0/8" or "2001:db8::/32"`;
}
