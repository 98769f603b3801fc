import type { Entries } from './entry.ts';

/** Why an AlertmanagerConfig is left out. */
export const routingRejections = {
  InvalidRoute: {
    code: 'STK5501',
    meaning: 'A route cannot be used',
    example: 'Cannot route without a receiver: the route at the top needs one',
    mend: 'Name a receiver at the top route; write routes less deep below each other.',
  },
  UnknownReceiver: {
    code: 'STK5502',
    meaning: 'A route names a receiver that the object does not have',
    example: 'Cannot find receiver "pagr" in spec.receivers',
    mend: 'Correct the name, or add the receiver to spec.receivers: those of other objects cannot be named.',
  },
  UnknownTimeInterval: {
    code: 'STK5503',
    meaning: 'A route names a time interval that is not there',
    example: 'Cannot find time interval "weekends", unless the Alertmanager\'s own configuration has it',
    mend: 'Correct the name, or add the interval to spec.muteTimeIntervals.',
  },
  InvalidGroupBy: {
    code: 'STK5504',
    meaning: 'The labels that a route groups by do not go together',
    example: 'Cannot group by "..." and other labels: it stands for all of them',
    mend: 'Name each label once, or "..." alone.',
  },
  InvalidMatcher: {
    code: 'STK5505',
    meaning: 'A matcher cannot be used',
    example: 'Cannot parse regular expression "crit(": missing closing ): `^(?s:crit()$`',
    mend: 'Set name, value and matchType (=, !=, =~ or !~); regular expressions are those of Go (RE2), anchored.',
  },
  InvalidTimeInterval: {
    code: 'STK5506',
    meaning: 'A time interval cannot be used',
    example: 'Cannot use times "22:00" to "06:00": the end comes first',
    mend: 'Divide what passes midnight into two ranges (22:00 to 24:00, 00:00 to 06:00); the same holds for days and months.',
  },
  InvalidReceiver: {
    code: 'STK5507',
    meaning: 'A receiver lacks something, or has something that does not go together',
    example: 'Cannot notify without a key: set "routingKey" or "serviceKey"',
    mend: 'Set or remove the field that the message names.',
  },
  DuplicateReceiver: {
    code: 'STK5508',
    meaning: 'Two receivers have the same name',
    example: 'Cannot use receiver name "pager": another receiver has it',
    mend: 'Rename one of them.',
  },
  DuplicateTimeInterval: {
    code: 'STK5509',
    meaning: "The Alertmanager's own configuration has a time interval of the same name",
    example: 'Cannot use the name "shop/pager/night": a time interval of the Alertmanager\'s own configuration has it',
    mend: 'Rename one of them: names of intervals of objects begin with NAMESPACE/NAME in the merged configuration.',
  },
  ConfigTooLarge: {
    code: 'STK5510',
    meaning: 'The merged configuration does not fit into a Secret',
    example:
      'Cannot merge 300000 bytes (compressed): all objects together may have 1000000, and this is one of the largest',
    mend: 'Make the object smaller, or have the Alertmanager select fewer.',
  },
} as const satisfies Entries;
