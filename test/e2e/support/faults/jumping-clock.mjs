// Loaded into the operator's process: its wall clock is off by the milliseconds in the file of STOKER_TEST_CLOCK.
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.env.STOKER_TEST_CLOCK ?? '';
const RealDate = Date;
let offset = 0;
const read = () => {
  try {
    offset = Number(readFileSync(file, 'utf8')) || 0;
    writeFileSync(`${file}.seen`, String(offset));
  } catch {
    offset = 0;
  }
};
setInterval(read, 100).unref();

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + offset);
    else super(...args);
  }

  static now() {
    return RealDate.now() + offset;
  }
};
