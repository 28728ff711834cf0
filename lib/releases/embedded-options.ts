import type { IConstruct } from 'constructs';
import { addMistake } from '../objects/mistakes';

/** Records the options of an embedded release that a vendored one does not take, because its own files say it. */
export function refuseEmbeddedOptions(
  construct: IConstruct,
  options: object,
  {
    prop,
    component,
    vendored,
  }: { readonly prop: string; readonly component: string; readonly vendored: readonly string[] },
): void {
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined || vendored.includes(option)) continue;
    addMistake(
      construct,
      `${prop}.${option}: is an option of the embedded release alone: leave it out, or set releases.${component} to "embedded"`,
    );
  }
}
