import { INTERNAL, namespace } from '../../team';

export default namespace('orders-fulfilment', {
  api: { scale: { min: 2, max: 20 } },
  admin: { port: { number: 3000 } },
  worker: INTERNAL,
  importer: INTERNAL,
  exporter: INTERNAL,
  cache: INTERNAL,
  search: INTERNAL,
  archive: INTERNAL,
  audit: INTERNAL,
  events: INTERNAL,
  reports: INTERNAL,
  sync: INTERNAL,
  rules: INTERNAL,
  cleaner: INTERNAL,
  preview: {},
  metrics: INTERNAL,
  batch: INTERNAL,
  webhook: {},
  stream: INTERNAL,
  history: INTERNAL,
});
