import type { Entries } from './entry.ts';

/** Link `routed` of explain. */
export const routedReasons = {
  Routed: { code: 'STK2401', meaning: 'A route takes the alert to a receiver that notifies' },
  RoutedPerhaps: {
    code: 'STK2402',
    meaning: 'Where the alert goes depends on labels that are not known',
    example:
      'AlertmanagerConfig shop/team spec.route.routes[0] takes it to shop/team/pager (webhook); when namespace="shop", which is not known; say it with --label',
    mend: 'Say the label with --label NAME=VALUE, give it to the alert in its rule, or ask while the alert fires.',
  },
  NamespaceMatcherDiffers: {
    code: 'STK2403',
    meaning: 'The matcher on the namespace, which the operator adds, keeps the alert from the route',
    example:
      'AlertmanagerConfig shop/team spec.route wants namespace="shop" (which the operator adds); the alert has no label namespace',
    mend: 'Give the alert the namespace of the AlertmanagerConfig as a label, in the rule or by an expression that keeps it; or set spec.alertmanagerConfigMatcherStrategy.type of the Alertmanager to None.',
  },
  RouteMatchersDiffer: {
    code: 'STK2404',
    meaning: 'Matchers of a route keep the alert from it',
    example:
      'AlertmanagerConfig shop/team spec.route.routes[0].matchers[0] wants severity="critical"; the alert has no label severity',
    mend: 'Compare the labels of the alert with the matchers of the route: give the rule the label, or correct the matcher. stoker route shows the whole tree.',
  },
  TakenByEarlierRoute: {
    code: 'STK2405',
    meaning: 'An earlier route takes the alert, and does not continue',
    example:
      'Secret monitoring/alertmanager-main (alertmanager.yaml) route.routes[1] would take it to dead-man; Secret monitoring/alertmanager-main (alertmanager.yaml) route.routes[0] stands before it, takes the alert to nobody and does not continue',
    mend: 'Set continue of the earlier route to true, or put the route in front of it.',
  },
  ReceiverSilent: {
    code: 'STK2406',
    meaning: 'The receiver that the alert reaches has no way of notifying',
    example:
      'AlertmanagerConfig shop/team spec.route.routes[0].receiver is shop/team/pager; it has no way of notifying; platform (webhook) is told when team="platform", which is not known; say it with --label',
    mend: 'Give the receiver a notifier, or let the route name another receiver.',
  },
  ReceiverNotFound: {
    code: 'STK2407',
    meaning: 'No receiver has the name that was asked for',
    example: 'receiver "pagr" is wanted; there are nobody, dead-man, platform, shop/team/chat, shop/team/pager',
    mend: 'Look at the names: those of AlertmanagerConfigs are NAMESPACE/NAME/RECEIVER; the last part alone will do where only one ends so.',
  },
  NoReceiverNotifies: {
    code: 'STK2408',
    meaning: 'No receiver of the configuration has a way of notifying',
    example:
      'receivers of Alertmanager monitoring/main: null; none has a notifier; Secret monitoring/alertmanager-main was not found',
    mend: 'Give a receiver a notifier: in the Secret that the Alertmanager begins with, or in an AlertmanagerConfig that its selectors take.',
  },
  ConfigNotUsed: {
    code: 'STK2409',
    meaning: 'The Alertmanager does not use the AlertmanagerConfig whose route would take the alert',
    example:
      'Alertmanager monitoring/main does not use AlertmanagerConfig shop/team: monitoring/main selects AlertmanagerConfigs by {role=routes}; found role=route',
    mend: 'Make the edit that is proposed: stoker explain alertmanagerconfig says all of why the object is not used.',
  },
} as const satisfies Entries;
