import type { AlertmanagerConfigSpec, Receiver } from '../../../api/alertmanager-config.ts';
import type { BaseView } from '../../render/alertmanager/config/config-context.ts';
import { unlessBlank } from '../../render/shared/rendered-objects.ts';
import { reject } from '../../field-checks/check-scope.ts';
import type { Findings } from '../../findings.ts';

/** What must go together with the configuration that the object is merged into. @param prefix of the object's names. */
export function* checkAgainstBase(spec: AlertmanagerConfigSpec, prefix: string, base: BaseView): Findings {
  if (spec.route === undefined) return;
  for (const [at, receiver] of (spec.receivers ?? []).entries()) {
    const field = `spec.receivers[${at}]`;
    if (base.receivers.has(prefix + receiver.name))
      yield reject(
        { field: `${field}.name`, reason: 'DuplicateReceiver' },
        describeTaken('receiver', prefix + receiver.name),
      );
    yield* checkEmails(receiver.emailConfigs ?? [], `${field}.emailConfigs`, base);
  }
  for (const [at, { name }] of (spec.muteTimeIntervals ?? []).entries())
    if (base.intervals.has(prefix + name))
      yield reject(
        { field: `spec.muteTimeIntervals[${at}].name`, reason: 'DuplicateTimeInterval' },
        describeTaken('time interval', prefix + name),
      );
}

const describeTaken = (what: string, name: string): string =>
  `Cannot use the name "${name}": a ${what} of the Alertmanager's own configuration has it`;

/** What a mail needs and may take from the global settings. */
const mailFields = { smarthost: 'smtp_smarthost', from: 'smtp_from' } as const;

function* checkEmails(configs: NonNullable<Receiver['emailConfigs']>, field: string, { global }: BaseView): Findings {
  for (const [at, config] of configs.entries())
    for (const [name, globalName] of Object.entries(mailFields) as ['smarthost' | 'from', string][])
      if (unlessBlank(config[name]) === undefined && global?.[globalName] === undefined)
        yield reject(
          { field: `${field}[${at}].${name}`, reason: 'InvalidReceiver' },
          `Cannot send mail without "${name}": set it here, or "${globalName}" in the Alertmanager's own configuration`,
        );
}
