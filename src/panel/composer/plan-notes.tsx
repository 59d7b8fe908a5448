import { Ban, TriangleAlert } from 'lucide';
import type { PlanNote } from '../state/plan.ts';
import { strings } from '../strings.ts';
import { Icon } from '../widgets/icon.tsx';

interface PlanNotesProps {
  notes: readonly PlanNote[];
  /** Names the field that each note is about: for notes that stand away from it. */
  named?: boolean;
}

/** What the browser will do to a part of the request, why, and the way out. */
export function PlanNotes({ notes, named }: PlanNotesProps) {
  if (notes.length === 0) return null;
  return (
    <ul class="plan-notes">
      {notes.map((note) => (
        <li key={`${note.field} ${note.action} ${note.reason}`} class="plan-note" data-action={note.action}>
          <Icon of={note.action === 'rewritten' ? TriangleAlert : Ban} size={12} />
          <span>
            {named === true && <code class="plan-field">{note.field}</code>}{' '}
            <strong>{strings.plan[note.action]}.</strong> {note.reason}
            {note.wayOut !== undefined && <span class="plan-way-out"> {note.wayOut}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
