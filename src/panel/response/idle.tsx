import { strings } from '../strings.ts';

const words = strings.response.idle;

/** Before anything was sent: how to send, and what will be here. */
export function Idle() {
  const key = /mac/i.test(navigator.platform) ? '⌘ Enter' : 'Ctrl + Enter';
  return (
    <div class="idle">
      <h2>
        {words.send} <kbd>{key}</kbd>
      </h2>
      <dl class="idle-points">
        {words.points.map(([term, description]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
