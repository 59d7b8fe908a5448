/**
 * Why a command cannot be carried out. `gone`: a node or its folder is no longer there. `cycle`: a folder would stand in
 * itself. `place`: only folders stand at the top, and only folders hold something. `deep`: beyond MAX_DEPTH. `changed`:
 * what is to be taken back was built upon since.
 */
export type Refusal = 'gone' | 'cycle' | 'place' | 'deep' | 'changed';

/** The tree stays as it is. */
export class TreeRefusal extends Error {
  readonly reason: Refusal;

  constructor(reason: Refusal) {
    super(`The tree does not allow it: ${reason}`);
    this.name = 'TreeRefusal';
    this.reason = reason;
  }
}
