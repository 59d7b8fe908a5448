import type { IconNode } from 'lucide';
import { Icon } from './icon.tsx';

interface IconButtonProps {
  icon: IconNode;
  /** The accessible name. */
  label: string;
  /** The tooltip; the label when left out. */
  hint?: string;
  /** Makes it a toggle button. */
  pressed?: boolean;
  disabled?: boolean;
  class?: string;
  onClick: (event: MouseEvent) => void;
}

/** A button of row height that shows only an icon. */
export function IconButton({ icon, label, hint, pressed, disabled, class: className, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      class={className === undefined ? 'icon-button' : `icon-button ${className}`}
      aria-label={label}
      title={hint ?? label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon of={icon} />
    </button>
  );
}
