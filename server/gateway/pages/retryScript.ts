/** The header by which the script knows the gateway’s own answers from the app’s. */
export const PROBLEM_HEADER = 'culvert-problem';

/** What is over as soon as somebody starts an app or a replica comes back. */
const passing = ['not_listening', 'replica_offline'] as const;

/**
 * Looks whether the port answers by now, first after a second and ever more rarely, and opens it then. It rests while
 * nobody looks at the page.
 */
export const retryScript = `
(function () {
  var passing = ${JSON.stringify(passing)};
  var wait = 1000;
  var timer = 0;
  function later() {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(look, wait);
    wait = Math.min(wait * 1.5, 15000);
  }
  function look() {
    fetch(location.href, { method: 'HEAD', cache: 'no-store', redirect: 'manual' }).then(function (answer) {
      if (passing.indexOf(answer.headers.get('${PROBLEM_HEADER}')) === -1) location.reload();
      else later();
    }, later);
  }
  document.addEventListener('visibilitychange', function () {
    wait = 1000;
    later();
  });
  later();
})();
`;
