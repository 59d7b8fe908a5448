/** What is loaded when a batch is first asked for. */
export { openBatchStorage, batchesInMemory } from '../../storage/batches.ts';
export { BatchesPane } from './batches-pane.tsx';
export { BatchView } from './batch-view.tsx';
export { createBatches } from './batches.ts';
export { fromCaptured, fromHistory } from './collect-items.ts';
