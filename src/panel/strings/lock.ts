export const lock = {
  title: 'Request Workbench is locked',
  about: 'What it keeps is encrypted under a passphrase. Enter it to go on with what you left.',
  passphrase: 'Passphrase',
  wrong: 'That is not the passphrase.',
  failed: 'What is stored cannot be read at the moment. Try again.',
  unlock: 'Unlock',
  skip: 'Go on without',
  skipHint: 'Requests can be sent; nothing of them is kept, and what is kept stays sealed',
  forgotten: 'Forgotten?',
  forgottenHint: 'Nobody can read what is stored without the passphrase. You can erase it all and begin anew.',
  sealed: 'Locked: what is kept stays sealed, and nothing of what you do here is kept.',
  sealedUnlock: 'Unlock…',
} as const;
