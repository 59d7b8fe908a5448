import { useEffect, useId, useState } from 'preact/hooks';
import { inertHtml } from '../response/body/previews/inert-html.ts';
import { strings } from '../strings.ts';

const words = strings.collections.details;

/** The notes look like the panel around them, in its theme: they are its words, not a document of somebody else. */
const STYLE = `:root{color-scheme:light dark;background:Canvas;scrollbar-width:thin;scrollbar-color:GrayText Canvas}
body{font:12px/1.5 system-ui,sans-serif;max-width:none;margin:8px}
pre,code{background:color-mix(in srgb,CanvasText 8%,Canvas)}`;

interface NotesProps {
  notes: string;
  onChange: (notes: string) => void;
}

/** Notes in Markdown: typed as text, or drawn in a frame in which nothing runs and from which nothing is loaded. */
export function Notes({ notes, onChange }: NotesProps) {
  const id = useId();
  const [drawn, setDrawn] = useState(notes.trim() !== '');
  return (
    <section class="settings-part">
      <div class="details-heading">
        <h3>{drawn ? words.notes : <label for={id}>{words.notes}</label>}</h3>
        <button
          type="button"
          class="text-button"
          aria-pressed={drawn}
          title={words.drawnHint}
          onClick={() => setDrawn(!drawn)}
        >
          {words.drawn}
        </button>
      </div>
      {drawn ? (
        <DrawnNotes notes={notes} />
      ) : (
        <textarea
          id={id}
          class="text-input details-notes"
          rows={8}
          placeholder={words.notesPlaceholder}
          value={notes}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </section>
  );
}

function DrawnNotes({ notes }: { notes: string }) {
  const [html, setHtml] = useState<string | null>(null);
  useEffect(() => {
    let isLatest = true;
    void htmlOf(notes).then((made) => (isLatest ? setHtml(made) : undefined));
    return () => {
      isLatest = false;
    };
  }, [notes]);
  return (
    <iframe
      class="details-drawn"
      title={words.notes}
      // As every preview of a document: no script, no form, no popup, an origin of its own.
      sandbox=""
      referrerpolicy="no-referrer"
      {...(html === null ? {} : { srcdoc: html })}
    />
  );
}

async function htmlOf(notes: string): Promise<string> {
  const { marked } = await import('marked');
  const body = notes.trim() === '' ? '' : marked.parse(notes, { async: false, gfm: true, breaks: true });
  // Relative addresses stand for nothing.
  return inertHtml(`<style>${STYLE}</style>${body}`, 'about:blank', new Map(), true);
}
