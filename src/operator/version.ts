import manifest from '../../package.json' with { type: 'json' };

/** Version of Stoker, from package.json. */
export const version: string = manifest.version;
