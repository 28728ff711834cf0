/** What lets a pod be tapped that starts before Linkerd's tap injector, as annotations of its template. */
export const TAPPED: Readonly<Record<string, string>> = {
  'config.linkerd.io/proxy-additional-env':
    '[{"name":"LINKERD2_PROXY_TAP_SVC_NAME","value":"tap.linkerd-viz.serviceaccount.identity.linkerd.cluster.local"}]',
  'viz.linkerd.io/tap-enabled': 'true',
};

export const TAPPED_REASON = 'pods can be tapped though they start before the tap injector';
