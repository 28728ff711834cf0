import type { Team } from './team';
import accounts from './teams/accounts/team';
import analytics from './teams/analytics/team';
import catalogue from './teams/catalogue/team';
import content from './teams/content/team';
import finance from './teams/finance/team';
import fraud from './teams/fraud/team';
import identity from './teams/identity/team';
import inventory from './teams/inventory/team';
import loyalty from './teams/loyalty/team';
import marketing from './teams/marketing/team';
import mobile from './teams/mobile/team';
import orders from './teams/orders/team';
import partners from './teams/partners/team';
import payments from './teams/payments/team';
import platform from './teams/platform/team';
import recommendations from './teams/recommendations/team';
import reviews from './teams/reviews/team';
import search from './teams/search/team';
import shipping from './teams/shipping/team';
import support from './teams/support/team';

/** Every team. A new one is a folder and a line here. */
export const TEAMS: readonly Team[] = [
  accounts,
  analytics,
  catalogue,
  content,
  finance,
  fraud,
  identity,
  inventory,
  loyalty,
  marketing,
  mobile,
  orders,
  partners,
  payments,
  platform,
  recommendations,
  reviews,
  search,
  shipping,
  support,
];
