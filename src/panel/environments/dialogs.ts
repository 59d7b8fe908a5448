export { EnvironmentsDialog } from './environments-dialog.tsx';
export { PromptDialog } from './prompt-dialog.tsx';
