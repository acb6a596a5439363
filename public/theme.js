// Sets the colour scheme before the first paint, so that a chosen scheme never flashes the other one. A file of its own,
// because the content security policy allows no inline script.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('culvert-theme');
  } catch {
    // Storage is off in this browser: follow the system.
  }
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = choice === 'light' || choice === 'dark' ? choice : system;
})();
