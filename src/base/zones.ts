/** The time of day and the date that a clock on the wall shows. */
export interface WallTime {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  /** From 0, which is Sunday. */
  readonly weekday: number;
  /** Since midnight. */
  readonly minutes: number;
}

/** No zone changes its offset but at a whole quarter of an hour. */
const quarterOfAnHour = 15 * 60_000;

/** Times in zones of the IANA database. What has been asked is remembered: a calendar asks for each minute of a week. */
export class Zones {
  readonly #formats = new Map<string, Intl.DateTimeFormat>();
  readonly #offsets = new Map<string, number>();

  /** @param at milliseconds since 1970. @param zone "", "Local" and "Factory" are UTC, as in the Pods of Alertmanager. */
  wallTime(at: number, zone: string): WallTime {
    const local = new Date(at + this.offset(at, zone));
    return {
      year: local.getUTCFullYear(),
      month: local.getUTCMonth() + 1,
      day: local.getUTCDate(),
      weekday: local.getUTCDay(),
      minutes: local.getUTCHours() * 60 + local.getUTCMinutes(),
    };
  }

  /** Milliseconds that clocks in a zone are ahead of UTC. */
  offset(at: number, zone: string): number {
    if (isUtc(zone)) return 0;
    const quarter = Math.floor(at / quarterOfAnHour) * quarterOfAnHour;
    const key = `${zone} ${quarter}`;
    const known = this.#offsets.get(key) ?? this.#measure(quarter, zone);
    this.#offsets.set(key, known);
    return known;
  }

  /** When clocks in a zone show a time. One that is skipped is read as if clocks had not been put forward; of two the first. */
  instantOf(shown: number, zone: string): number {
    const before = shown - this.offset(shown - 86_400_000, zone);
    if (before + this.offset(before, zone) === shown) return before;
    const after = shown - this.offset(shown + 86_400_000, zone);
    return after + this.offset(after, zone) === shown ? after : before;
  }

  /** RFC 3339 to the minute, as clocks in the zone show it: "2026-12-24T18:00+01:00". */
  show(at: number, zone: string): string {
    const offset = this.offset(at, zone);
    const text = new Date(at + offset).toISOString().slice(0, 16);
    if (offset === 0) return `${text}Z`;
    const minutes = Math.round(Math.abs(offset) / 60_000);
    const pad = (number: number): string => String(number).padStart(2, '0');
    return `${text}${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  }

  #measure(at: number, zone: string): number {
    const parts = this.#format(zone).formatToParts(at);
    const read = (type: Intl.DateTimeFormatPartTypes): number =>
      Number(parts.find((part) => part.type === type)?.value ?? 0);
    const [month, day] = [read('month') - 1, read('day')];
    return Date.UTC(read('year'), month, day, read('hour'), read('minute'), read('second')) - at;
  }

  #format(zone: string): Intl.DateTimeFormat {
    const known = this.#formats.get(zone) ?? createFormat(zone);
    this.#formats.set(zone, known);
    return known;
  }
}

const isUtc = (zone: string): boolean => ['', 'UTC', 'Local', 'Factory'].includes(zone);

const createFormat = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
