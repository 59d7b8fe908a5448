import { strings } from '../strings.ts';

const words = strings.capture.inTab;

/** In a plain tab there is no page to listen to: how to get where there is one. */
export function CaptureInTab() {
  return (
    <section class="capture-in-tab" aria-label={words.title}>
      <h2>{words.title}</h2>
      <ol>
        {words.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}
