import type { EnvVar } from '../../../imports/kubernetes';
import { HOME_DASHBOARD, PROMETHEUS_URL } from './provisioning';

/** Grafana's settings by section and name, each as a variable `GF_<section>_<name>`, so that a change restarts it. */
const SETTINGS = {
  // Where `linkerd viz dashboard` shows it. The dashboard takes /grafana off before it passes a request on, so that Grafana
  // is not to serve from that path, but to write it into its pages.
  SERVER_ROOT_URL: 'http://localhost:50750/grafana/',

  // Whoever the mesh lets in looks at dashboards, and there is no other user.
  AUTH_ANONYMOUS_ENABLED: 'true',
  AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
  AUTH_BASIC_ENABLED: 'false',
  AUTH_DISABLE_LOGIN_FORM: 'true',
  SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'true',
  // A name of its own: the cookie of another Grafana on localhost would be taken for a login that is not valid.
  AUTH_LOGIN_COOKIE_NAME: 'linkerd_grafana_session',

  DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: HOME_DASHBOARD,
  // Dashboards ask for news by themselves.
  LIVE_MAX_CONNECTIONS: '0',
  SNAPSHOTS_ENABLED: 'false',

  // Nothing is asked of, told to or fetched from the internet.
  ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
  ANALYTICS_CHECK_FOR_UPDATES: 'false',
  ANALYTICS_FEEDBACK_LINKS_ENABLED: 'false',
  ANALYTICS_REPORTING_ENABLED: 'false',
  NEWS_NEWS_FEED_ENABLED: 'false',
  PLUGINS_PLUGIN_ADMIN_ENABLED: 'false',
  PLUGINS_PREINSTALL_AUTO_UPDATE: 'false',
  PLUGINS_PREINSTALL_DISABLED: 'true',
  PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED: 'true',
  SECURITY_DISABLE_GRAVATAR: 'true',
} as const;

/** The environment of Grafana's container. */
export function environment(prometheusUrl: string): EnvVar[] {
  const settings = Object.entries(SETTINGS).map(([name, value]) => ({ name: `GF_${name}`, value }));
  return [...settings, { name: PROMETHEUS_URL, value: prometheusUrl }];
}
