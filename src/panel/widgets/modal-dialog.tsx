import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { onEscape } from './escape.ts';

interface ModalDialogProps {
  title: string;
  /** `wide`: as wide as there is room, for what has parts of its own; `full`: as large as the panel. */
  size?: 'wide' | 'full';
  actions: ComponentChildren;
  onClose: () => void;
  children: ComponentChildren;
}

/** A native modal dialog: the browser keeps the focus in it and gives it back. Esc closes it, and DevTools never see it. */
export function ModalDialog({ title, size, actions, onClose, children }: ModalDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(
    () =>
      onEscape(() => {
        onClose();
        return true;
      }),
    [onClose],
  );
  return (
    <dialog ref={dialog} class="dialog" data-size={size} aria-labelledby={id} onCancel={onClose}>
      <h2 id={id} class="dialog-title">
        {title}
      </h2>
      <div class="dialog-text">{children}</div>
      <div class="dialog-actions">{actions}</div>
    </dialog>
  );
}
