import { App, Chart, YamlOutputType } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { UpstreamDocument } from './upstream-document';

/** The phases of `dist/`, in the order in which they must be up. */
export const PHASES = {
  namespaces: 0,
  crds: 10,
  linkerd: 20,
  'linkerd-viz': 30,
  'knative-config': 40,
  'knative-serving': 45,
  networking: 50,
  services: 60,
} as const;

export type PhaseName = keyof typeof PHASES;

const phases = new WeakSet<IConstruct>();

/** A phase's file in `dist/` without `.yaml`: two digits and what the file holds. */
export const phaseFile = (name: PhaseName, holds: string = name): string =>
  `${String(PHASES[name]).padStart(2, '0')}-${holds}`;

/** What must be up before the next phase can be applied: a chart whose objects go to one file of `dist/`. */
export class Phase extends Chart {
  /** Whether a construct is a phase. `instanceof` does not tell: cdk8s lets every chart pass for each of its classes. */
  static isPhase(construct: IConstruct): construct is Phase {
    return phases.has(construct);
  }

  /** Its {@link phaseFile}. */
  readonly file: string;

  /** @param holds what the file's name says after its number; default: the phase's name */
  constructor(scope: Construct, name: PhaseName, holds: string = name) {
    super(scope, name);
    this.file = phaseFile(name, holds);
    phases.add(this);
    this.node.addValidation({ validate: () => this.notWritten() });
  }

  /** The objects of the phase as cdk8s asks for them, vendored documents among them: `app.synth()` writes what this gives. */
  override toJson(): unknown[] {
    return [...this.documents().flatMap(({ object }) => object?.manifest ?? []), ...(super.toJson() as unknown[])];
  }

  /** With a file for each object in a folder for each chart cdk8s writes what it knows itself, and asks no chart. */
  private notWritten(): string[] {
    const { root } = this.node;
    const type = root instanceof App ? root.yamlOutputType : undefined;
    if (type !== YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE || this.documents().length === 0) return [];
    return [
      'vendored documents are not written with FOLDER_PER_CHART_FILE_PER_RESOURCE: use npm run synth, or another yamlOutputType',
    ];
  }

  private documents(): UpstreamDocument[] {
    return this.node.findAll().filter((construct) => UpstreamDocument.isUpstreamDocument(construct));
  }
}
