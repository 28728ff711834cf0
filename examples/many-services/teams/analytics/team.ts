import { team } from '../../team';
import events from './events';
import reports from './reports';
import dashboards from './dashboards';

export default team('analytics', [events, reports, dashboards]);
