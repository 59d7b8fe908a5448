import { useState } from 'preact/hooks';
import { strings } from '../strings.ts';

const words = strings.app;

interface SaveCopyProps {
  /** The name of the database that this version cannot read. */
  database: string;
  class: string;
}

/** Saves what a database holds that this version cannot read, and says why where it cannot. */
export function SaveCopy({ database, class: className }: SaveCopyProps) {
  const [problem, setProblem] = useState<string | null>(null);
  async function save(): Promise<void> {
    setProblem(null);
    const { saveRescueCopy } = await import('../state/rescue-copy.ts');
    setProblem(await saveRescueCopy(database));
  }
  return (
    <>
      <button type="button" class={className} title={words.saveCopyHint} onClick={() => void save()}>
        {words.saveCopy}
      </button>
      {problem !== null && (
        <span class="save-copy-problem" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}
