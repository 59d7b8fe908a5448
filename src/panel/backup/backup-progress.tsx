import { strings } from '../strings.ts';

const words = strings.backup;

interface BackupProgressProps {
  /** What is being done. */
  text: string;
  done: number;
  /** null: nobody knows. */
  total: number | null;
  write: (amount: number) => string;
}

/** How far a backup or a restore is. */
export function BackupProgress({ text, done, total, write }: BackupProgressProps) {
  return (
    <div class="backup-progress">
      <p role="status">{text}</p>
      <progress aria-label={words.progress} {...(total === null ? {} : { max: Math.max(1, total), value: done })} />
      <p class="dim">{total === null ? ' ' : words.of(write(done), write(total))}</p>
    </div>
  );
}
