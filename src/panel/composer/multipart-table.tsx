import { ListPlus } from 'lucide';
import { useState } from 'preact/hooks';
import type { Part } from '../../model/draft.ts';
import { partHeaderProblem } from '../state/request-from-draft.ts';
import { newPart } from '../state/rows.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { Select } from '../widgets/fields.tsx';
import { IconButton } from '../widgets/icon-button.tsx';
import { LineField } from '../widgets/line-field.tsx';
import { RowTable, type ExtraColumn, type Remark } from '../widgets/row-table.tsx';
import { FileChooser } from './file-chooser.tsx';

const words = strings.body;
const kinds = [
  ['text', words.partText],
  ['file', words.partFile],
] as const;

/** Parts of a multipart body: text or a file, each with a content type if one is given. */
export function MultipartTable({ workbench: { drafts, files } }: { workbench: Workbench }) {
  const { multipart } = drafts.draft.value.body;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const isOpen = (part: Part): boolean => open.has(part.id) || part.headers !== '';

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
        <>
          <LineField
            label={words.contentType}
            placeholder={words.contentTypePlaceholder}
            value={part.contentType}
            onInput={(contentType) => update({ contentType })}
          />
          {multipart.includes(part) && (
            <IconButton
              icon={ListPlus}
              label={words.partHeaders}
              hint={words.partHeadersHint}
              pressed={isOpen(part)}
              onClick={() => toggle(part)}
            />
          )}
        </>
      ),
    },
  ];

  function toggle(part: Part): void {
    if (!isOpen(part)) setOpen(new Set(open).add(part.id));
    // Fields that are there stay in sight.
    else if (part.headers === '') setOpen(new Set([...open].filter((id) => id !== part.id)));
  }

  function remark(part: Part): Remark | null {
    if (!isOpen(part)) return null;
    const problem = part.headers.split('\n').find((line) => line.trim() !== '' && partHeaderProblem(line) !== null);
    const kind = problem === undefined ? null : partHeaderProblem(problem);
    return {
      invalid: kind !== null,
      content: (
        <>
          <textarea
            class="text-input part-headers"
            aria-label={words.partHeaders}
            aria-invalid={kind === null ? undefined : true}
            placeholder={words.partHeadersPlaceholder}
            rows={Math.max(1, part.headers.split('\n').length)}
            value={part.headers}
            spellcheck={false}
            onInput={(event) => {
              const headers = event.currentTarget.value;
              drafts.setBody({ multipart: multipart.map((row) => (row.id === part.id ? { ...row, headers } : row)) });
            }}
            onKeyDown={(event) => event.stopPropagation()}
          />
          {kind !== null && problem !== undefined && (
            <span class="field-problem">{strings.errors[kind](problem, part.name)}</span>
          )}
        </>
      ),
    };
  }

  return (
    <RowTable
      remark={remark}
      class="multipart-table"
      label={words.multipart}
      rows={multipart}
      fresh={newPart}
      columns={columns}
      onChange={(parts) => drafts.setBody({ multipart: parts })}
    />
  );
}
