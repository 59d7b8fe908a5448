import type { IconNode } from 'lucide';
import { createElement } from 'preact';

interface IconProps {
  of: IconNode;
  /** Pixels, both ways. */
  size?: number;
  class?: string;
}

/** Draws lucide's plain icon data. Always decoration: the words stand beside it or on its button. */
export function Icon({ of, size = 14, class: className }: IconProps) {
  return (
    <svg
      class={className === undefined ? 'icon' : `icon ${className}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {of.map(([tag, attributes]) => createElement(tag, attributes))}
    </svg>
  );
}
