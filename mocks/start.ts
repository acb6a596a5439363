import { http, HttpResponse } from 'msw';
import { setupWorker } from 'msw/browser';
import { withFaults, networkErrorMark } from './faults/faultyFetch.ts';
import { choose, cookieValue } from './page/choice.ts';
import { createControl } from './page/control.ts';
import { keepSignIn } from './page/keptSignIn.ts';
import { Streams } from './page/streams.ts';
import { beginScenario } from './scenarios/begin.ts';
import { createWorld } from './world/world.ts';

/** Puts the whole server behind this page's requests. Everything it holds is made anew on every load. */
export async function start(): Promise<void> {
  const choice = choose(location.search, document.cookie, sessionStorage);
  const world = await createWorld(location.origin);
  const { browser, beginning } = await beginScenario(world, choice);
  const streams = new Streams();
  const faults = { byControl: choice.faults };
  const faulty = withFaults((request) => browser.send(request, document.cookie), {
    current: () => [faults.byControl, cookieValue(document.cookie, '__fault') ?? ''].join(','),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });

  const worker = setupWorker(
    http.all('/api/*', async ({ request }) => {
      const response = await faulty(request);
      await keepSignIn(request, browser, sessionStorage);
      return response.headers.has(networkErrorMark) ? HttpResponse.error() : streams.watch(response);
    }),
  );
  // Not quiet, MSW clones each response for its log, and a stream that the page left would never end.
  await worker.start({ quiet: true, onUnhandledFrame: 'bypass' });
  window.culvertMock = createControl({
    world,
    beginning,
    scenario: choice.scenario,
    streams,
    setFaults: (text) => {
      faults.byControl = text;
      faulty.changed();
    },
  });
}
