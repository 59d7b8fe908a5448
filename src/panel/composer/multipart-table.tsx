import type { Part } from '../../model/draft.ts';
import { newPart } from '../state/rows.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { Select } from '../widgets/fields.tsx';
import { LineField } from '../widgets/line-field.tsx';
import { RowTable, type ExtraColumn } from '../widgets/row-table.tsx';
import { FileChooser } from './file-chooser.tsx';

const words = strings.body;
const kinds = [
  ['text', words.partText],
  ['file', words.partFile],
] as const;

/** Parts of a multipart body: text or a file, each with a content type if one is given. */
export function MultipartTable({ workbench: { drafts, files } }: { workbench: Workbench }) {
  const { multipart } = drafts.draft.value.body;

  const columns: ExtraColumn<Part>[] = [
    {
      title: words.partType,
      kind: 'part-kind',
      cell: (part, update) => (
        <Select label={words.partType} value={part.kind} options={kinds} onChange={(kind) => update({ kind })} />
      ),
    },
    {
      title: strings.table.value,
      kind: 'value',
      cell: (part, update) =>
        part.kind === 'text' ? (
          <LineField
            label={strings.table.value}
            placeholder={strings.table.value}
            value={part.value}
            onInput={(value) => update({ value })}
          />
        ) : (
          <FileChooser
            file={files.files.value.get(part.id)}
            rememberedName={part.filename}
            onChoose={(file) => {
              files.set(part.id, file);
              update({ filename: file.name });
            }}
            onClear={() => {
              files.clear(part.id);
              update({ filename: '' });
            }}
          />
        ),
    },
    {
      title: words.contentType,
      kind: 'content-type',
      cell: (part, update) => (
        <LineField
          label={words.contentType}
          placeholder={words.contentTypePlaceholder}
          value={part.contentType}
          onInput={(contentType) => update({ contentType })}
        />
      ),
    },
  ];

  return (
    <RowTable
      class="multipart-table"
      label={words.multipart}
      rows={multipart}
      fresh={newPart}
      columns={columns}
      onChange={(parts) => drafts.setBody({ multipart: parts })}
    />
  );
}
