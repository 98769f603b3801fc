/** Requests that nobody sends by mistake, from a seeded source. */
import { connect } from 'node:net';
import { Draw } from './random.ts';
import { createRandom } from './odd-configs.ts';

export interface HostileRequest {
  /** What is wrong with it. */
  readonly what: string;
  /** As it is sent. */
  readonly bytes: string;
}

/** A request with a token that is known, so that nothing but what is wrong with it can refuse it. */
interface Parts {
  readonly method?: string;
  readonly target?: string;
  readonly version?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly token?: string | undefined;
}

type Make = (draw: Draw, parts: (more: Parts) => string) => string;

const addresses = ['/', '/rights', '/events', '/monitors', '/search?q=a', '/explain/servicemonitor/shop/cart'];
const methods = ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'MKCOL', 'LOCK', 'PURGE'];
const climbs = ['..%2f', '%2e%2e/', '..%5c', '....//', '%252e%252e%252f', '..;/', '%c0%ae%c0%ae/', '\\..\\'];
const places = [
  'etc/passwd',
  'proc/self/environ',
  'var/run/secrets/kubernetes.io/serviceaccount/token',
  'package.json',
];
const roots = ['/', '/assets/', '/explain/', '/explain/servicemonitor/', '/configuration/prometheus/'];
const escapes = ['%', '%z', '%zz', '%c3%28', '%ff%fe', '%00', '%0d%0aset-cookie:%20a=b', '%ed%a0%80', '%f5%80%80%80'];
const ids = [
  '../../x',
  '-1',
  'abc-',
  '-',
  'a b-1',
  `${'a'.repeat(400)}-1`,
  'abc-99999999999999999999',
  '{}',
  "'; --",
  '%00',
];
const words = [
  'secret',
  'secrets',
  'node',
  '__proto__',
  'constructor',
  'toString',
  'configmap',
  '%7B%7B7*7%7D%7D',
  'a'.repeat(300),
];
const junk = ['x', '{', '<xml/>', '{"token":"a"}', 'token', '=&=&=', '\u0000\u0001', 'a'.repeat(2_000)];

const kinds: Readonly<Record<string, Make>> = {
  'a path that leads elsewhere': (draw, parts) =>
    parts({ target: `${draw.pick(roots)}${draw.pick(climbs).repeat(1 + draw.below(6))}${draw.pick(places)}` }),
  'a bad encoding': (draw, parts) =>
    parts({ target: `${draw.pick(addresses)}${draw.pick(['/', '?q=', '?'])}${draw.pick(escapes)}` }),
  'a method that changes things': (draw, parts) => parts({ method: draw.pick(methods), target: draw.pick(addresses) }),
  'a method that does not exist': (draw, parts) =>
    parts({ method: draw.pick(['get', 'G E T', 'FETCH', '', 'GET\u0000']) }),
  'a tunnel': (draw, parts) => parts({ method: 'CONNECT', target: draw.pick(['127.0.0.1:22', '[::1]:6443', 'a:1']) }),
  'a body where none belongs': (draw, parts) => {
    const body = draw.pick(junk);
    return parts({ target: draw.pick(addresses), headers: [`Content-Length: ${Buffer.byteLength(body)}`], body });
  },
  'a form that is none': (draw, parts) => {
    const body = draw.pick(junk);
    const type = draw.pick([
      'application/json',
      'text/plain',
      'multipart/form-data',
      'application/x-www-form-urlencoded',
    ]);
    const headers = [
      `Content-Type: ${type}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Sec-Fetch-Site: same-origin',
    ];
    return parts({ method: 'POST', target: '/login', headers, body });
  },
  'a form of another page': (draw, parts) => {
    const from = draw.pick(['Origin: https://evil.example', 'Origin: null', 'Sec-Fetch-Site: cross-site', 'X-A: b']);
    const headers = [from, 'Content-Type: application/x-www-form-urlencoded', 'Content-Length: 7'];
    return parts({ method: 'POST', target: draw.pick(['/login', '/logout']), headers, body: 'token=a' });
  },
  'a form that is too long': (draw, parts) => {
    const length = 17_000 + draw.below(50_000);
    const headers = [
      ...[
        'Sec-Fetch-Site: same-origin',
        'Content-Type: application/x-www-form-urlencoded',
        `Content-Length: ${length}`,
      ],
      'Connection: close',
    ];
    return parts({ method: 'POST', target: '/login', headers, body: 'a'.repeat(length) });
  },
  'headers that are too long': (draw, parts) =>
    parts({ headers: [`X-${draw.below(100)}: ${'a'.repeat(16_400 + draw.below(100_000))}`] }),
  'too many headers of some length': (draw, parts) =>
    parts({ headers: Array.from({ length: 1_500 + draw.below(1_000) }, (_, index) => `X-${index}: aaaaaaa`) }),
  'an address that is too long': (draw, parts) =>
    parts({ target: `${draw.pick(addresses)}?q=${'a'.repeat(4_200 + draw.below(5_000))}` }),
  'a bad Last-Event-ID': (draw, parts) =>
    draw.chance(0.5)
      ? parts({ target: '/events', headers: [`Last-Event-ID: ${draw.pick(ids)}`] })
      : parts({ target: `/events?after=${encodeURIComponent(draw.pick(ids))}` }),
  'a cookie that no login has set': (draw, parts) => {
    const value = draw.pick([
      '',
      '"',
      '%',
      '%zz',
      'a b',
      'a;stoker',
      '\u00ff',
      'null',
      'a'.repeat(3_000),
      '..',
      '{"a":1}',
    ]);
    return parts({ token: undefined, target: draw.pick(addresses), headers: [`Cookie: stoker=${value}`] });
  },
  'a token that is none': (draw, parts) => {
    const value = draw.pick([
      '',
      'Bearer',
      'Bearer ',
      'Basic YTpi',
      'Bearer a b',
      'Bearer null',
      `Bearer ${'a'.repeat(5_000)}`,
    ]);
    return parts({ token: undefined, target: draw.pick(addresses), headers: [`Authorization: ${value}`] });
  },
  'two lengths': (draw, parts) => {
    const more = draw.pick(['Transfer-Encoding: chunked', 'Content-Length: 7', 'Transfer-Encoding: xchunked']);
    return parts({ method: 'POST', target: '/login', headers: ['Content-Length: 5', more], body: '0\r\n\r\n' });
  },
  'no host': (draw) => `GET ${draw.pick(addresses)} HTTP/1.1\r\n\r\n`,
  'what is no HTTP': (draw) =>
    draw.pick(['\u0016\u0003\u0001\u0000\r\n\r\n', 'hello\r\n\r\n', 'GET /\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n']),
  'a header that is none': (draw, parts) =>
    parts({ headers: [draw.pick(['a b: c', ': x', 'X-A\u0000: b', 'X-A: b\u0000c', 'X'])] }),
  'a kind that cannot be asked about': (draw, parts) =>
    parts({ target: `/explain/${draw.pick(words)}/${draw.pick(['shop', '..', '*'])}/cart` }),
  'an address that is not there': (draw, parts) =>
    parts({
      target: `/${draw.pick(['.git/config', '.env', 'admin', 'metrics', 'debug/pprof/heap', 'api/v1/secrets', 'wp-login.php', words[0] ?? ''])}`,
    }),
};

/** So many, each kind as often as any other; the same for the same seed. @param token of somebody who is known. */
export function makeHostileRequests(count: number, seed: number, token: string): HostileRequest[] {
  const draw = new Draw(createRandom(seed));
  const write = (more: Parts): string => {
    const { method = 'GET', target = '/', version = 'HTTP/1.1', headers = [], body = '' } = more;
    const known = 'token' in more ? [] : [`Authorization: Bearer ${token}`];
    const lines = [`${method} ${target} ${version}`, 'Host: 127.0.0.1', ...known, ...headers];
    return `${lines.join('\r\n')}\r\n\r\n${body}`;
  };
  const names = Object.keys(kinds);
  return Array.from({ length: count }, (_, index) => {
    const what = names[index % names.length] ?? '';
    return { what, bytes: kinds[what]?.(draw, write) ?? '' };
  });
}

/** Sends it, and resolves with the first line of the answer and what follows; "" when there is none. */
export function sendBytes(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    const end = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.setEncoding('latin1').on('data', (part: string) => {
      text += part;
      if (text.includes('\r\n\r\n')) end();
    });
    socket.on('error', end).on('close', end);
    socket.write(bytes, 'latin1');
  });
}
