import type { Entries } from './entry.ts';

/** Why an object is left out that says how a server is reached: authentication, TLS, proxies, URLs. */
export const clientRejections = {
  InvalidAuthentication: {
    code: 'STK5201',
    meaning: 'There is more than one way to authenticate',
    example: 'Cannot authenticate in more than one way: found "authorization" and "basicAuth"',
    mend: 'Keep one of them.',
  },
  InvalidAuthorization: {
    code: 'STK5202',
    meaning: 'The block authorization cannot be used',
    example: 'Cannot use type "Basic": use "basicAuth" instead',
    mend: 'Set credentials, and another type than Basic.',
  },
  InvalidOAuth2: {
    code: 'STK5203',
    meaning: 'The block oauth2 cannot be used',
    example: 'Cannot use OAuth 2.0 without a client ID: set "secret" or "configMap"',
    mend: 'Set clientId (secret or configMap), clientSecret and tokenUrl.',
  },
  InvalidSigv4: {
    code: 'STK5204',
    meaning: 'The block sigv4 cannot be used',
    example: 'Cannot use one of "accessKey" and "secretKey" without the other',
    mend: 'Set both keys, or none: the credentials of the Pod are used then.',
  },
  InvalidAzureAD: {
    code: 'STK5205',
    meaning: 'The block azureAd cannot be used',
    example: 'Cannot leave out the client ID with Thanos 0.39.0: 0.40.0 is the first that may',
    mend: 'Choose one of managedIdentity, oauth, sdk and workloadIdentity; identifiers are UUIDs.',
  },
  InvalidTLSConfig: {
    code: 'STK5206',
    meaning: 'The block tlsConfig cannot be used',
    example: 'Cannot use a client certificate without its key: set "keySecret"',
    mend: 'Set cert and keySecret together, and one of secret and configMap in each; certificates and keys are PEM.',
  },
  InvalidProxyConfig: {
    code: 'STK5207',
    meaning: 'The settings of the proxy cannot be used',
    example: 'Cannot use both "proxyUrl" and "proxyFromEnvironment": set one of them',
    mend: 'Set proxyUrl or proxyFromEnvironment; noProxy goes with proxyUrl alone.',
  },
  InvalidURL: {
    code: 'STK5208',
    meaning: 'A URL cannot be used',
    example: 'Cannot use the URL in this key: want http:// or https:// and a host',
    mend: 'Write scheme, host and path. A line break at the end of a key of a Secret belongs to the value.',
  },
} as const satisfies Entries;
