/** Who may talk to the control plane: tokens, the token file of the API server, kubeconfigs, the service account key. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';

/** A user of the control plane; RBAC decides what it may do (nothing but discovery when no binding names it). */
export interface User {
  readonly name: string;
  readonly groups?: readonly string[];
}

/** The user whose group RBAC lets do everything. */
export const admin: User = { name: 'admin', groups: ['system:masters'] };

/** Makes a token for each user and writes the file of kube-apiserver's --token-auth-file: token, name, uid, groups. */
export function writeTokenFile(file: string, users: readonly User[]): ReadonlyMap<string, string> {
  const tokens = new Map(users.map((user) => [user.name, randomBytes(16).toString('hex')]));
  const lines = users.map((user) => {
    const groups = (user.groups ?? []).join(',');
    return [tokens.get(user.name), user.name, user.name, `"${groups}"`].join(',');
  });
  writePrivate(file, `${lines.join('\n')}\n`);
  return tokens;
}

/** Writes the RSA keys that sign and check the tokens of service accounts. */
export function writeServiceAccountKeys(files: { privateKey: string; publicKey: string }): void {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  writePrivate(files.privateKey, privateKey);
  writePrivate(files.publicKey, publicKey);
}

export interface KubeconfigOptions {
  readonly server: string;
  readonly caFile: string;
  readonly user: string;
  readonly token: string;
  /** Of the context. Default: "default". */
  readonly namespace?: string;
}

/** Writes a kubeconfig with one context, as JSON: JSON is YAML, so every client reads it. */
export function writeKubeconfig(file: string, options: KubeconfigOptions): void {
  const { server, caFile, user, token, namespace = 'default' } = options;
  const name = 'stoker-test';
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority': caFile } }],
    users: [{ name: user, user: { token } }],
    contexts: [{ name, context: { cluster: name, user, namespace } }],
    'current-context': name,
  };
  writePrivate(file, `${JSON.stringify(kubeconfig, undefined, 2)}\n`);
}

function writePrivate(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
}
