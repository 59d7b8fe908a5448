import { ChevronDown, Copy } from 'lucide';
import { Icon } from '../widgets/icon.tsx';
import { MenuButton, type MenuItem } from '../widgets/menu-button.tsx';
import { useCopy, type CopySource, type CopyState } from './use-copy.ts';

interface CopyButtonProps {
  label: string;
  hint: string;
  /** Shows the label beside the icon. */
  withLabel?: boolean;
  source: () => CopySource | Promise<CopySource>;
  /** Other things to do, in a menu beside the button. */
  more?: { readonly label: string; readonly hint: string; readonly items: (copy: CopyState['copy']) => MenuItem[] };
}

/** Copies a text and says so for a moment. */
export function CopyButton({ label, hint, withLabel, source, more }: CopyButtonProps) {
  const { message, copy } = useCopy();
  return (
    <span class="copy">
      {more !== undefined && (
        <MenuButton icon={ChevronDown} label={more.label} hint={more.hint} items={more.items(copy)} />
      )}
      <button
        type="button"
        class={withLabel === true ? 'text-button' : 'icon-button'}
        aria-label={label}
        title={hint}
        onClick={() => void copy(source())}
      >
        <Icon of={message?.icon ?? Copy} size={withLabel === true ? 12 : 14} />
        {withLabel === true && ` ${label}`}
      </button>
      <span class="copy-message" aria-live="polite">
        {message?.text}
      </span>
    </span>
  );
}
