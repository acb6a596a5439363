import type { Browser } from '../world/browser.ts';
import { password, people, type PersonName } from '../world/people.ts';
import { repeatable } from '../world/repeatable.ts';
import { signIn, type World } from '../world/world.ts';
import type { Beginning } from './scenario.ts';
import { scenarios } from './scenarios.ts';

/**
 * Makes the scenario and signs in who starts there.
 *
 * @throws Error for a scenario or a person that there isn't.
 */
export async function beginScenario(
  world: World,
  choice: { scenario: string; signedInAs: string | null },
): Promise<{ browser: Browser; beginning: Beginning }> {
  const scenario = scenarios.get(choice.scenario);
  if (scenario === undefined)
    throw new Error(
      `There is no scenario “${choice.scenario}”. There are: ${[...scenarios.keys()].join(', ')}.`,
    );
  const beginning = await repeatable(() => scenario(world));
  world.fleet.watch();
  await world.settled();
  const browser = world.newBrowser();
  const person = choice.signedInAs === null ? beginning.signedInAs : personOf(choice.signedInAs);
  if (person !== null) await signIn(browser, people[person].email, password);
  return { browser, beginning };
}

function personOf(text: string): PersonName | null {
  if (text === 'nobody') return null;
  if (isPerson(text)) return text;
  throw new Error(`There is nobody called “${text}”. There are: ${Object.keys(people).join(', ')}, nobody.`);
}

const isPerson = (text: string): text is PersonName => text in people;
