/** The dashboard’s colours and type, as plain CSS: the gateway’s pages load nothing. */
export const pageStyle = `
:root { color-scheme: light dark;
  --ground: #f6f6f3; --surface: #ffffff; --sunken: #efefea; --line: #e3e2db; --strong: #c9c8bf;
  --text: #15181a; --secondary: #565b5f; --primary: #0a5f82; --on-primary: #ffffff; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #0f1213; --surface: #161a1c; --sunken: #1d2225; --line: #2a3033; --strong: #434b4f;
  --text: #e9ebeb; --secondary: #a6aeb1; --primary: #6cc3e4; --on-primary: #06222e; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center;
  padding: 32px 18px; background: var(--ground); color: var(--text);
  font: 14px/20px Geist, system-ui, -apple-system, 'Segoe UI', sans-serif; font-feature-settings: 'tnum'; }
header, main { width: 100%; max-width: 520px; }
header { display: flex; align-items: center; gap: 8px; margin: 8vh 0 16px; font-weight: 600; }
svg { flex: none; fill: none; stroke-width: 2.4; stroke-linecap: round; }
.road { stroke: var(--text); } .pipe { stroke: var(--primary); }
main { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 24px; }
h1 { margin: 0 0 8px; font-size: 22px; line-height: 28px; font-weight: 600; letter-spacing: -0.015em;
  text-wrap: balance; overflow-wrap: anywhere; }
p { margin: 8px 0 0; color: var(--secondary); }
a { color: var(--primary); text-underline-offset: 2px; }
strong { color: var(--text); font-weight: 600; }
code { padding: 1px 5px; border-radius: 4px; background: var(--sunken); color: var(--text); overflow-wrap: anywhere;
  font: 13px/20px 'Geist Mono', ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 20px; }
.button { display: inline-flex; align-items: center; min-height: 34px; padding: 6px 14px; border: 1px solid var(--strong);
  border-radius: 6px; background: transparent; color: var(--text); font: inherit; font-weight: 500; text-decoration: none;
  cursor: pointer; }
.button.filled { border-color: var(--primary); background: var(--primary); color: var(--on-primary); }
.button:hover { text-decoration: underline; text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--primary); outline-offset: 2px; }
@media (pointer: coarse) { .button { min-height: 44px; } }
`;
