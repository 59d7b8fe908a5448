/** What is loaded when a batch is first asked for. */
export { openBatchStorage, batchesInMemory } from '../../storage/batches.ts';
export { BatchesPane } from './batches-pane.tsx';
export { BatchView } from './batch-view.tsx';
export { createBatches } from './batches.ts';
export { fromCollection, type LeftOut } from './collection-items.ts';
export { fromCaptured, fromHistory } from './collect-items.ts';
export { positionsOf } from './vary/template.ts';
export { templateFromDraft } from './vary/template-from-draft.ts';
export { VarySetup } from './vary/vary-setup.tsx';
export { typedVary } from './vary/vary-state.ts';
