import { strings } from '../strings.ts';

const words = strings.job;

interface JobProgressProps {
  /** What is being done. */
  text: string;
  done: number;
  /** null: nobody knows. */
  total: number | null;
  write: (amount: number) => string;
}

/** How far a job is. */
export function JobProgress({ text, done, total, write }: JobProgressProps) {
  const isKnown = total !== null;
  return (
    <div class="job-progress">
      <p role="status">{text}</p>
      <progress aria-label={words.progress} {...(isKnown ? { max: Math.max(1, total), value: done } : {})} />
      <p class="dim">{isKnown ? words.of(write(done), write(total)) : done > 0 ? write(done) : ' '}</p>
    </div>
  );
}
