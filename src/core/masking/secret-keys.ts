/** Which keys of prometheus.yml, alertmanager.yaml and web.config hold what only their programs may know. */

/** What stands in the place of a secret, as Prometheus itself prints it. */
export const mask = '<secret>';

const secretWords =
  /passw|secret|token|credential|(?:api|private|access|routing|service|user|application|consumer|integration)_?key/i;
const secretUrls = /^(?:.*_)?(?:api|webhook)_url$/i;
const names = /^(?:.*_)?username$|^user$/i;
const tables = /headers?$|^basic_auth_users$/i;
/** Paths of files, names of Secrets and addresses of token servers are none. */
const publicKeys = /(?:_file|_path|_ref)$|^token_url$/;
/** Values that are only sometimes secret: looked for in what came from Secrets. */
const doubtfulKeys = /^params$|(?:^|_)url$/i;

/** Whether the value of such a key is masked with all that is below it. `path` are the keys above. */
export function isSecretKey(key: string, path: readonly string[]): boolean {
  if (publicKeys.test(key)) return false;
  if (key === 'url') return path.includes('webhook_configs');
  return secretWords.test(key) || secretUrls.test(key) || names.test(key) || tables.test(key);
}

/** Whether a value that was read from a Secret is looked for in answers. */
export const isLookedFor = (key: string, path: readonly string[]): boolean =>
  isSecretKey(key, path) || doubtfulKeys.test(key);

const userInfo = /(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@"']{0,200}:)[^\s/@"']{1,400}@/gi;

/** Passwords of URLs, wherever they stand in a text. */
export const maskUrls = (text: string): string => text.replaceAll(userInfo, `$1${mask}@`);
