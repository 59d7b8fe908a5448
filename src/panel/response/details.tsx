export { CookiesTab } from './cookies/cookies-tab.tsx';
export { HopsTab } from './hops/hops-tab.tsx';
export { SentTab } from './sent/sent-tab.tsx';
export { TimingTab } from './timing/timing-tab.tsx';
