/** Problems that the panel finds itself, in the form of the exceptions that Requests raises for them. */
export const errors = {
  invalidJson: (message: string, line: number, column: number) =>
    `The body is not JSON: ${message} at line ${line}, column ${column}. Correct it, or pick the body type Text to send it as it is.`,
  partHeader: (line: string, part: string) => `“${line}” in the headers of part “${part}” is no “name: value”.`,
  partHeaderTaken: (line: string, part: string) =>
    `“${line}” in the headers of part “${part}”: name, filename and content type have columns of their own.`,
  invalidVariables: (message: string, line: number, column: number) =>
    `The GraphQL variables are not JSON: ${message} at line ${line}, column ${column}. Correct them in Body.`,
  variablesNotObject: 'The GraphQL variables are not a JSON object. Write {} around them, or leave them empty.',
  notNumber: (label: string, typed: string) =>
    `${label} is “${typed}”, which is not a number. Correct it in Options, or leave it empty for no limit.`,
  notPositive: (label: string, typed: string) =>
    `${label} is ${typed}, and a limit must be more than 0. Correct it in Options, or leave it empty for no limit.`,
  notCount: (label: string, typed: string) =>
    `${label} is “${typed}”, which is not a whole number of 0 or more. Correct it in Options.`,
  noFile: 'No file is chosen. Choose one in Body, or pick another body type.',
  fileGone: (name: string) =>
    `The file ${name} has to be chosen again in Body: files are not kept when the panel closes.`,
} as const;
