import { knownProps, VALUE, refuseUnknownProps } from '../../objects/known-props';
import { join, resolve } from 'node:path';
import { Construct } from 'constructs';
import { addMistake, addWarning } from '../../objects/mistakes';
import type { Trust } from '../trust-root';
import type { IdentityChoice } from './identity';
import { readPublicCertificates, trustOf } from './public-certificates';
import { isSampleCertificate } from './sample';

export interface FilesProps {
  /**
   * The folder of the public certificates, from the project's on or as a whole path. A platform of several environments has one for each.
   *
   * @default 'certs'
   */
  readonly folder?: string;
}

/** The props of {@link FilesProps}. */
export const FILES = knownProps<FilesProps>({
  folder: VALUE,
});

/**
 * The certificates of a folder that is committed, as `npm run certs` makes them. Their keys go to the cluster as Secrets that are
 * never rendered. Whether they are valid today plays no part, so that a repository renders the same on any day.
 */
export function files(props: FilesProps = {}): IdentityChoice {
  return {
    name: 'files',
    build: (phase, { root }) => new IdentityFiles(phase, root, props).trust,
  };
}

/** Has no objects: it reads what others are rendered with, and records what is wrong with it. */
class IdentityFiles extends Construct {
  readonly trust: Trust | undefined;

  constructor(scope: Construct, root: string, props: FilesProps) {
    super(scope, 'identity');
    refuseUnknownProps(this, props, FILES);
    const { folder = 'certs' } = props;
    const { certificates, problems } = readPublicCertificates(resolve(root, folder));
    for (const { file, problem } of problems) addMistake(this, `${join(folder, file)}: ${problem}`);
    if (certificates === undefined) return;
    this.trust = trustOf(certificates);
    if ([...certificates.trustAnchors, ...certificates.webhookCa].some(isSampleCertificate)) {
      addWarning(
        this,
        `${folder}: holds the sample, whose keys are gone, so that no pod of the mesh could start: run npm run certs before you apply anything`,
      );
    }
  }
}
