import { useEffect, useState } from 'preact/hooks';
import { formatCount } from '../../inspect/format.ts';
import { FileChooser } from '../composer/file-chooser.tsx';
import { strings } from '../strings.ts';
import { ModalDialog } from '../widgets/modal-dialog.tsx';
import type { CaptureDesk } from './desk.ts';
import { completeBody, type MissingFile } from './missing-files.ts';

const words = strings.capture.files;

interface FilesFormProps {
  desk: CaptureDesk;
  asking: NonNullable<CaptureDesk['asking']['value']>;
}

/** Asks for the files of an incomplete body, and says whether they are the right ones. */
export function FilesForm({ desk, asking: { entry, files } }: FilesFormProps) {
  const [chosen, setChosen] = useState<ReadonlyMap<MissingFile, File>>(new Map());
  const [length, setLength] = useState<number | null>(null);
  const isComplete = chosen.size === files.length;
  useEffect(() => {
    setLength(null);
    if (!isComplete) return undefined;
    let wanted = true;
    void completeBody(entry, chosen).then((bytes) => wanted && setLength(bytes.length));
    return () => {
      wanted = false;
    };
  }, [chosen]);

  return (
    <ModalDialog
      title={words.title}
      onClose={() => desk.refuse()}
      actions={
        <>
          <button
            type="button"
            class="button button-strong"
            disabled={!isComplete}
            onClick={() => void desk.supply(chosen)}
          >
            {strings.capture.replay}
          </button>
          <button type="button" class="button" onClick={() => desk.refuse()}>
            {strings.capture.cancel}
          </button>
        </>
      }
    >
      <p>{words.text}</p>
      {files.map((file) => (
        <div key={file.part ?? 'whole'} class="dialog-field">
          <span>{file.part === null ? words.whole : words.part(file.field, file.filename)}</span>
          <FileChooser
            file={chosen.get(file)}
            rememberedName=""
            onChoose={(picked) => setChosen(new Map(chosen).set(file, picked))}
            onClear={() => setChosen(new Map([...chosen].filter(([other]) => other !== file)))}
          />
        </div>
      ))}
      <p aria-live="polite">{length === null ? '' : lengthWords(length, entry.body)}</p>
    </ModalDialog>
  );
}

function lengthWords(length: number, body: FilesFormProps['asking']['entry']['body']): string {
  const size = strings.compare.bytes(formatCount(length));
  const wanted = body.state === 'incomplete' ? body.length : null;
  if (wanted === null) return words.unknown(size);
  return length === wanted ? words.right(size) : words.wrong(size, strings.compare.bytes(formatCount(wanted)));
}
