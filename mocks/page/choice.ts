import { defaultScenario } from '../scenarios/scenarios.ts';

/** What to show, from the page's address or a cookie: both work the same in a test and by hand. */
export type Choice = {
  /** `?scenario=` or the cookie culvert-scenario; kept in the tab, so that a reload stays in it. */
  scenario: string;
  /** `?as=` or the cookie culvert-as: a name of `people`, or `nobody`; null leaves it to the scenario. Kept in the tab too. */
  signedInAs: string | null;
  /** `?__fault=` or the cookie __fault. */
  faults: string;
};

export function choose(search: string, cookies: string, tab: Storage): Choice {
  const parameters = new URLSearchParams(search);
  const chosen = (parameter: string, cookie: string) =>
    parameters.get(parameter) ?? tab.getItem(cookie) ?? cookieValue(cookies, cookie);
  const scenario = chosen('scenario', 'culvert-scenario') ?? defaultScenario;
  const signedInAs = chosen('as', 'culvert-as');
  tab.setItem('culvert-scenario', scenario);
  if (signedInAs !== null) tab.setItem('culvert-as', signedInAs);
  return { scenario, signedInAs, faults: parameters.get('__fault') ?? '' };
}

/** The cookie's value, decoded; null when it isn't there. */
export function cookieValue(cookies: string, name: string): string | null {
  const pair = cookies.split('; ').find((text) => text.startsWith(`${name}=`));
  return pair === undefined ? null : decodeURIComponent(pair.slice(name.length + 1));
}
