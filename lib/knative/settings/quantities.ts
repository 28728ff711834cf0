import type { Quantity } from '../../syntax/quantity';
import { quantityValue } from '../../syntax/quantity';
import { quote } from '../../syntax/quote';

/** What is asked for, and the limit that it must not exceed, by the prop of each. */
export type RequestAndLimit<Prop extends string> = readonly [request: Prop, limit: Prop];

/** What is wrong between requests and limits: Kubernetes refuses a pod that asks for more than it may have. */
export function requestProblems<Prop extends string>(
  settings: Readonly<Record<Prop, Quantity | undefined>>,
  pairs: readonly RequestAndLimit<Prop>[],
): string[] {
  return pairs.flatMap(([requestProp, limitProp]) => {
    const { [requestProp]: request, [limitProp]: limit } = settings;
    if (request === undefined || limit === undefined || !(quantityValue(request) > quantityValue(limit))) return [];
    return [
      `${requestProp}: ${quote(request)} is more than ${limitProp}, ${quote(limit)}: lower it or raise the limit`,
    ];
  });
}
