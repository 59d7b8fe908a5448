import { CircleAlert, Info, TriangleAlert, X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { strings } from '../strings.ts';
import { IconButton } from './icon-button.tsx';
import { Icon } from './icon.tsx';

type NoticeTone = 'info' | 'warning' | 'error';

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert };

interface NoticeProps {
  tone: NoticeTone;
  /** Read out at once: for what makes further work useless. */
  urgent?: boolean;
  title?: string;
  actions?: ComponentChildren;
  onDismiss?: () => void;
  children: ComponentChildren;
}

/** A bar that says one thing that concerns the whole panel. */
export function Notice({ tone, urgent, title, actions, onDismiss, children }: NoticeProps) {
  return (
    <div class="notice" data-tone={tone} role={urgent === true ? 'alert' : 'group'} aria-label={title}>
      <Icon of={icons[tone]} class="notice-icon" />
      <p class="notice-text">
        {title !== undefined && <strong>{title}</strong>} {children}
      </p>
      <div class="notice-actions">
        {actions}
        {onDismiss !== undefined && <IconButton icon={X} label={strings.app.dismiss} onClick={onDismiss} />}
      </div>
    </div>
  );
}
