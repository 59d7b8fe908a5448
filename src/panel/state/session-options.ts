import type { DraftOptions, inheritedOptions } from '../../model/draft.ts';
import type { SessionSettings } from '../../model/session.ts';

export type InheritedOption = (typeof inheritedOptions)[number];
type Values = Pick<DraftOptions, InheritedOption>;

/** Requests' own. */
export const standardOptions: Values = {
  followRedirects: true,
  verify: true,
  cookies: 'session',
  raiseForStatus: false,
};

/** Whether the request says it itself; otherwise its session does. */
export function isOwn(options: DraftOptions, option: InheritedOption): boolean {
  return options.own.includes(option) || options[option] !== standardOptions[option];
}

/** The options that count: the request's own, and those of the session. */
export function effectiveOptions(options: DraftOptions, session: SessionSettings | null): DraftOptions {
  if (session === null) return options;
  const storeBrowserCookies = isOwn(options, 'cookies') ? options.storeBrowserCookies : session.storeBrowserCookies;
  return {
    ...options,
    storeBrowserCookies,
    followRedirects: isOwn(options, 'followRedirects') ? options.followRedirects : session.followRedirects,
    verify: isOwn(options, 'verify') ? options.verify : session.verify,
    cookies: isOwn(options, 'cookies') ? options.cookies : session.cookies,
    raiseForStatus: isOwn(options, 'raiseForStatus') ? options.raiseForStatus : session.raiseForStatus,
  };
}

/** The change that makes the request say so itself, or leaves it to the session where both say the same. */
export function changeOption<O extends InheritedOption>(
  { own }: DraftOptions,
  option: O,
  value: Values[O],
  session: SessionSettings | null,
): Partial<DraftOptions> {
  const others = own.filter((other) => other !== option);
  const inherited = session?.[option] ?? standardOptions[option];
  if (value === inherited) return { [option]: standardOptions[option], own: others };
  return { [option]: value, own: [...others, option] };
}
