/** Goes into the User-Agent of code that does not set its own. */
export const VERSION = '0.1.0';
