import { cidrProblem } from './cidr';

test.each(['10.0.0.0/8', '0.0.0.0/0', '192.0.2.7/32', '2001:db8::/32', '::/0'])('%s is a network', (value) => {
  expect(cidrProblem(value)).toBeUndefined();
});

test.each([
  ['10.0.0.1', '"10.0.0.1" is an address without a mask: write "10.0.0.1/32" for that address alone'],
  ['::1', '"::1" is an address without a mask: write "::1/128" for that address alone'],
  ['10.0.0.0/33', '"10.0.0.0/33" is not a network: write for example "10.0.0.0/8" or "2001:db8::/32"'],
  ['10.0.0/8', '"10.0.0/8" is not a network: write for example "10.0.0.0/8" or "2001:db8::/32"'],
  ['10.0.0.0/8/8', '"10.0.0.0/8/8" is not a network: write for example "10.0.0.0/8" or "2001:db8::/32"'],
  ['10.0.0.0/', '"10.0.0.0/" is not a network: write for example "10.0.0.0/8" or "2001:db8::/32"'],
  ['office', '"office" is not a network: write for example "10.0.0.0/8" or "2001:db8::/32"'],
])('%s is none', (value, problem) => {
  expect(cidrProblem(value)).toBe(problem);
});
