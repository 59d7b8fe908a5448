import type { ComponentChildren } from 'preact';

/** Facts under a heading. */
export function FactGroup({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="fact-group" aria-label={title}>
      <h2 class="sub-head">{title}</h2>
      <dl>{children}</dl>
    </section>
  );
}

interface FactRowProps {
  name: string;
  /** The fact stands under its name, for what is long. */
  stacked?: boolean;
  children: ComponentChildren;
}

export function FactRow({ name, stacked, children }: FactRowProps) {
  return (
    <div class="fact-row" data-stacked={stacked}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
