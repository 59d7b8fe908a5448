import type { FidelityReport } from '../../inspect/fidelity.ts';
import type { ResponseDiff } from '../../inspect/response-diff.ts';
import type { Replay } from '../capture/replays.ts';
import { strings } from '../strings.ts';

const words = strings.compareStart;

export interface Verdict {
  readonly tone: 'ok' | 'changed' | 'neutral';
  readonly text: string;
}

/** The request in one line: identical on the wire, or how much differs. */
export function requestVerdict(report: FidelityReport): Verdict {
  if (report.identical) return { tone: 'ok', text: words.identical };
  if (report.differences === 0) return { tone: 'changed', text: words.unproven };
  return { tone: 'changed', text: words.differences(report.differences) };
}

export function responseVerdict(diff: ResponseDiff): Verdict {
  if (diff.body.kind === 'unknown' && diff.differences === 0) {
    return { tone: 'neutral', text: words.bodyUnknown[diff.body.side] };
  }
  return diff.differences === 0
    ? { tone: 'ok', text: words.same }
    : { tone: 'changed', text: words.changes(diff.differences) };
}

/** Both in one line, which is there from the beginning, so that nothing moves when it is filled. */
export function verdictWords({ fidelity, response, snapshot }: Replay): Verdict {
  if (fidelity === null) {
    const isOver = snapshot.error !== null && snapshot.state === 'done';
    return { tone: 'neutral', text: isOver ? words.notSent : words.running };
  }
  const request = requestVerdict(fidelity);
  const answer = response === null ? [] : [`${words.response}: ${responseVerdict(response).text}`];
  return { tone: request.tone, text: [`${words.fidelity}: ${request.text}`, ...answer].join(' · ') };
}
