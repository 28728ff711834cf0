import { quote } from './quote';

/** A Kubernetes quantity: `200m`, `300Mi`, `1`, `1.5G`, `1e3`. */
export type Quantity = string;

const QUANTITY =
  /^[0-9]+(\.[0-9]*)?((Ki|Mi|Gi|Ti|Pi|Ei)|[numkMGTPE]|[eE][+-]?[0-9]+)?$|^\.[0-9]+((Ki|Mi|Gi|Ti|Pi|Ei)|[numkMGTPE])?$/;

/** What is wrong with a quantity of CPU, memory or storage, which is never negative. `undefined` if nothing is. */
export function quantityProblem(value: string): string | undefined {
  if (QUANTITY.test(value)) return undefined;
  return `${quote(value)} is not a quantity: write for example "200m" of CPU or "300Mi" of memory`;
}

const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A quantity as a number: cores of CPU, bytes of memory or storage. */
export function quantityValue(value: Quantity): number {
  const [, amount = '', unit = ''] = /^([0-9.]+(?:[eE][+-]?[0-9]+)?)([A-Za-z]*)$/.exec(value) ?? [];
  return Number(amount) * (FACTORS[unit] ?? 1);
}

/** What is wrong with a request beside its limit: Kubernetes refuses a container that asks for more than it may have. */
export function overLimitProblem(request: Quantity, limit: Quantity): string | undefined {
  if ([request, limit].some((value) => quantityProblem(value) !== undefined)) return undefined;
  if (quantityValue(request) <= quantityValue(limit)) return undefined;
  return `${quote(request)} is more than the limit ${quote(limit)}: lower it, or raise the limit`;
}
