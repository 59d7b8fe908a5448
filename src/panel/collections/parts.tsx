import './collections.css';

/** Everything of the collections that is seen, and of their folders on disk: loaded when it is first needed. */
export { CollectionDialog } from './collection-dialogs.tsx';
export { CollectionsPane } from './collections-pane.tsx';
export { startFolders } from './folder/start-folders.ts';
