/** Small charts with logarithmic axes, as one SVG. */

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Series {
  readonly name: string;
  /** Both above 0. */
  readonly points: readonly Point[];
}

export interface Panel {
  readonly title: string;
  readonly series: readonly Series[];
}

const size = { width: 330, height: 230, left: 48, right: 14, top: 30, bottom: 34 };
const inARow = 3;
const legendHeight = 30;
const colours = ['#1f6feb', '#d1642d', '#2da44e'];

/** Powers of ten around the values. */
function findRange(values: readonly number[]): { readonly from: number; readonly to: number } {
  if (values.length === 0) return { from: 0, to: 1 };
  const from = Math.floor(Math.log10(Math.min(...values)));
  return { from, to: Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values)))) };
}

type Scale = ((value: number) => number) & { readonly ticks: readonly number[] };

function createScale(values: readonly number[], begin: number, end: number): Scale {
  const { from, to } = findRange(values);
  const place = (value: number): number => begin + ((Math.log10(value) - from) / (to - from)) * (end - begin);
  return Object.assign(place, { ticks: Array.from({ length: to - from + 1 }, (_, at) => 10 ** (from + at)) });
}

const showTick = (value: number): string => (value >= 1000 ? `${value / 1000}k` : String(Number(value.toPrecision(1))));

const fix = (value: number): string => value.toFixed(1);

function drawAxes(x: Scale, y: Scale): string[] {
  const { width, height, left, right, top, bottom } = size;
  const across = y.ticks.map(
    (tick) =>
      `<path class="grid" d="M${left} ${fix(y(tick))}H${width - right}"/><text class="tick" text-anchor="end" x="${left - 5}" y="${fix(y(tick) + 3)}">${showTick(tick)}</text>`,
  );
  const down = x.ticks.map(
    (tick) =>
      `<path class="grid" d="M${fix(x(tick))} ${top}V${height - bottom}"/><text class="tick" text-anchor="middle" x="${fix(x(tick))}" y="${height - bottom + 14}">${showTick(tick)}</text>`,
  );
  return [...across, ...down];
}

function drawSeries({ points }: Series, colour: string, x: Scale, y: Scale): string[] {
  const places = points.map((point) => `${fix(x(point.x))} ${fix(y(point.y))}`);
  const dots = points.map(
    (point) => `<circle cx="${fix(x(point.x))}" cy="${fix(y(point.y))}" r="2.6" fill="${colour}"/>`,
  );
  return [`<polyline fill="none" stroke="${colour}" stroke-width="1.6" points="${places.join(' ')}"/>`, ...dots];
}

function drawPanel({ title, series }: Panel, at: number): string {
  const { width, height, left, right, top, bottom } = size;
  const all = series.flatMap(({ points }) => points);
  const xs = all.map((point) => point.x);
  const ys = all.map((point) => point.y);
  const x = createScale(xs, left, width - right);
  const y = createScale(ys, height - bottom, top);
  const lines = series.flatMap((one, index) => drawSeries(one, colours[index] ?? '#57606a', x, y));
  const place = `translate(${(at % inARow) * width} ${legendHeight + Math.floor(at / inARow) * height})`;
  const head = `<text class="title" x="${left}" y="${top - 10}">${title}</text>`;
  return `<g transform="${place}">\n${[head, ...drawAxes(x, y), ...lines].join('\n')}\n</g>`;
}

/** @param xTitle what all panels have on the x axis; titles hold no markup */
export function drawPanels(xTitle: string, panels: readonly Panel[]): string {
  const width = size.width * inARow;
  const height = legendHeight + Math.ceil(panels.length / inARow) * size.height;
  const names = panels[0]?.series.map(({ name }) => name) ?? [];
  const legend = names.map(
    (name, at) =>
      `<circle cx="${size.left + at * 170}" cy="16" r="5" fill="${colours[at] ?? '#57606a'}"/><text class="title" x="${size.left + 10 + at * 170}" y="20">${name}</text>`,
  );
  const note = `<text class="tick" text-anchor="end" x="${width - size.right}" y="20">by number of ${xTitle}; both axes are logarithmic</text>`;
  const style =
    '<style>text{font-family:sans-serif;fill:#1f2328}.title{font-size:12px}.tick{font-size:10px;fill:#57606a}.grid{stroke:#d8dee4;stroke-width:.7}</style>';
  const frame = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`;
  const ground = `<rect width="${width}" height="${height}" fill="#fff"/>`;
  return `${[frame, style, ground, ...legend, note, ...panels.map(drawPanel), '</svg>'].join('\n')}\n`;
}
