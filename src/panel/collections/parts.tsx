import './collections.css';

/** Everything of the collections that is seen: loaded when it is first needed. */
export { CollectionsPane } from './collections-pane.tsx';
export { DetailsDialog } from './details-dialog.tsx';
export { ExportDialog } from './export-dialog.tsx';
export { FolderDialog } from './folder/folder-dialog.tsx';
export { FormDialog } from './form-dialog.tsx';
export { ImportDialog } from './import-dialog.tsx';
export { SaveDialog } from './save-dialog.tsx';
