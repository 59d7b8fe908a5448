/** Every word that a person reads in the panel, a file for each part. Names in the tests come from here. */
export * as strings from './strings/index.ts';
