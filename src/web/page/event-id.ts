/** Ids of events: "EPOCH-NUMBER", where a process has one epoch, so that a restart is noticed. */

/** What a client has seen last. */
export interface EventId {
  readonly epoch: string;
  readonly number: number;
}

export const writeEventId = ({ epoch, number }: EventId): string => `${epoch}-${number}`;

/** Undefined for what no process of ours has written. */
export function readEventId(text: string): EventId | undefined {
  const [, epoch = '', digits = ''] = /^([a-z0-9]{1,32})-(\d{1,15})$/.exec(text) ?? [];
  return epoch === '' ? undefined : { epoch, number: Number(digits) };
}
