import { strings } from '../../strings.ts';
import type { FolderState } from './folders.ts';

const words = strings.collectionFolder;

/** How a collection and its file stand, in a sentence or two. */
export function folderText(state: FolderState): string {
  switch (state.kind) {
    case 'disk':
      return words.disk[state.problem](state.detail);
    case 'ours':
      return words.ours(strings.collections.transfer.problems[state.problem](state.detail));
    case 'theirs':
    case 'both':
      return state.damage === null
        ? words.states[state.kind]
        : `${words.states[state.kind]} ${words.damages[state.damage]}`;
    case 'looking':
    case 'same':
    case 'permission':
    case 'missing':
      return words.states[state.kind];
  }
}

/** Nothing goes on before a person has done something. */
export const needsAnswer = ({ kind }: FolderState): boolean => kind !== 'same' && kind !== 'looking';
