import type { Rule } from '../rule';

/** `kubectl apply -f` takes whatever is in the folder of the platform, and no review of what is rendered sees it. */
export const notRendered: Rule = {
  id: 'not-rendered',
  group: 'objects',
  severity: 'error',
  title: 'every object in the folder of the platform is one that it renders',
  needs: 'besides',
  check: (_, { besides = [] }) =>
    besides.map((object) => ({
      object,
      path: '',
      message:
        'the platform does not render it, and kubectl apply -f on its folder applies it all the same: declare it in the app, move the file elsewhere, or accept it in check.yaml',
      value: object.source.replace(/:\d+$/, ''),
    })),
};
