import { Download } from 'lucide';
import { useMemo, useState } from 'preact/hooks';
import { fileName } from '../../../../inspect/file-name.ts';
import { formatBytes, formatCount } from '../../../../inspect/format.ts';
import { multipartParts, urlencodedParts, type FormPart } from '../../../../inspect/preview/form-parts.ts';
import { previewStrings } from '../../../preview-strings.ts';
import { FilterField } from '../../../widgets/filter-field.tsx';
import { IconButton } from '../../../widgets/icon-button.tsx';
import { saveBody } from '../save-body.ts';
import { useBodyBytes } from './use-body-bytes.ts';

const words = previewStrings.previews;
/** Characters of a value that the table shows; rows that it has. */
const SHOWN = 2000;
const MOST = 2000;

/** The fields of a form, or the parts of a multipart body, each to be saved as it is. */
export function PartsTable({ blob, contentType }: { blob: Blob; contentType: string }) {
  const isMultipart = contentType.toLowerCase().startsWith('multipart/');
  const { value: parts, problem } = useBodyBytes(
    blob,
    (bytes) => (isMultipart ? multipartParts(bytes, contentType) : urlencodedParts(bytes)) ?? [],
    [contentType],
  );
  const [query, setQuery] = useState('');
  const wanted = query.toLowerCase();
  const shown = useMemo(
    () =>
      (parts ?? [])
        .map((part, at) => ({ part, at, value: valueText(part) }))
        .filter(({ part, value }) => `${part.head}\n${part.name}\n${value}`.toLowerCase().includes(wanted)),
    [parts, wanted],
  );
  if (parts === null) return <p class="pane-hint body-empty">{problem ?? words.opening}</p>;
  if (parts.length === 0) return <p class="pane-hint body-empty">{words.noParts}</p>;
  return (
    <div class="preview">
      <div class="preview-bar">
        <FilterField
          class="filter"
          label={words.filterParts}
          placeholder={words.filter}
          value={query}
          onInput={setQuery}
        />
        <span class="count">{words.partCount(formatCount(shown.length), formatCount(parts.length), query !== '')}</span>
      </div>
      <div class="preview-scroll" tabIndex={0} role="group" aria-label={words.parts}>
        <table class="preview-table" aria-label={words.parts}>
          <thead>
            <tr>
              <th scope="col">{words.name}</th>
              <th scope="col">{words.value}</th>
              {isMultipart && <th scope="col">{words.size}</th>}
              {isMultipart && <th scope="col" aria-label={words.savePart} />}
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, MOST).map(({ part, at, value }) => (
              <tr key={at}>
                <td title={part.head === '' ? undefined : part.head}>{part.name}</td>
                <td>
                  {(part.filename !== null || part.type !== '') && (
                    <span class="part-facts">{[part.filename, part.type].filter(Boolean).join(' · ')}</span>
                  )}
                  <span class="part-value">{value}</span>
                </td>
                {isMultipart && <td class="number">{formatBytes(part.content.length)}</td>}
                {isMultipart && (
                  <td>
                    <IconButton
                      icon={Download}
                      label={words.savePart}
                      onClick={() => saveBody(new Blob([part.content]), saveName(part, at))}
                    />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length > MOST && <p class="pane-hint">{words.moreParts(shown.length - MOST)}</p>}
      </div>
    </div>
  );
}

function valueText({ content }: FormPart): string {
  const start = content.subarray(0, SHOWN * 4);
  if (start.includes(0)) return words.binary;
  const text = new TextDecoder().decode(start);
  return text.length > SHOWN || start.length < content.length ? `${text.slice(0, SHOWN)} …` : text;
}

function saveName({ filename, name, type }: FormPart, at: number): string {
  const wanted = filename ?? (name === '' ? `part-${at + 1}` : name);
  return fileName(`attachment; filename*=UTF-8''${encodeURIComponent(wanted)}`, '', type === '' ? null : type);
}
