/** Every dynamic variable as one begins to write it; what follows the name is an example. */
export const dynamicExamples: readonly string[] = [
  '$uuid',
  '$timestamp',
  '$isoTimestamp',
  '$randomInt 1 100',
  '$base64 text',
  '$sha256 text',
  '$urlEncode text',
  '$prompt Question',
];
