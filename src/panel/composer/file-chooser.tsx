import { X } from 'lucide';
import { useRef, useState } from 'preact/hooks';
import { formatBytes } from '../../inspect/format.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../widgets/icon-button.tsx';

interface FileChooserProps {
  file: File | undefined;
  /** The name of a file chosen before the panel was reopened: the file itself is gone. */
  rememberedName: string;
  /** Says that a file may be dropped as well; the whole chooser takes it. */
  large?: boolean;
  onChoose: (file: File) => void;
  onClear: () => void;
}

const words = strings.body;

/** Chooses one file, by the browser's dialog or by dropping it here. */
export function FileChooser({ file, rememberedName, large, onChoose, onClear }: FileChooserProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const gone = file === undefined && rememberedName !== '';

  function take(chosen: File | null | undefined): void {
    if (chosen !== null && chosen !== undefined) onChoose(chosen);
  }

  return (
    <div
      class="file-chooser"
      data-large={large === true}
      data-over={over}
      onDragOver={(event) => {
        if (event.dataTransfer?.types.includes('Files') !== true) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files[0]);
      }}
    >
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          // Choosing the same file again, changed on disk, has to be a change too.
          event.currentTarget.value = '';
        }}
      />
      <button type="button" class="button" title={words.chooseFileHint} onClick={() => input.current?.click()}>
        {words.chooseFile}
      </button>
      {file !== undefined && (
        <span class="file-name" title={file.name}>
          {file.name} <span class="dim">{formatBytes(file.size)}</span>
        </span>
      )}
      {gone && <span class="file-name file-gone">{words.chooseAgain(rememberedName)}</span>}
      {file === undefined && !gone && <span class="file-name dim">{large === true ? words.drop : words.noFile}</span>}
      {(file !== undefined || gone) && <IconButton icon={X} label={words.clearFile} onClick={onClear} />}
    </div>
  );
}
