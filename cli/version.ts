import manifest from '../package.json' with { type: 'json' };

/** The version of Culvert this command line belongs to. */
export const version: string = manifest.version;
