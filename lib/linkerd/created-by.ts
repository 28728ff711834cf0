import { LINKERD_VERSION } from './control-plane/images';

/** What Linkerd's command line tool knows its own objects by: what they are installed with, and the version. */
export const createdBy = (tool: 'cli' | 'helm'): Readonly<Record<string, string>> => ({
  'linkerd.io/created-by': `linkerd/${tool} ${LINKERD_VERSION}`,
});
