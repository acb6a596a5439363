/** The dashboard’s colours and type, as plain CSS: this page loads nothing. */
export const docsStyle = `
:root { color-scheme: light dark;
  --ground: #f6f6f3; --surface: #ffffff; --sunken: #efefea; --line: #e3e2db; --strong: #c9c8bf;
  --text: #15181a; --secondary: #565b5f; --primary: #0a5f82; --soft: #e3eff4;
  --up: #177245; --warning: #8a5a00; --failed: #b42d17; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #0f1213; --surface: #161a1c; --sunken: #1d2225; --line: #2a3033; --strong: #434b4f;
  --text: #e9ebeb; --secondary: #a6aeb1; --primary: #6cc3e4; --soft: #13303c;
  --up: #58c990; --warning: #e3ac45; --failed: #ff8a74; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 14px/20px Geist, system-ui, -apple-system, 'Segoe UI', sans-serif; font-feature-settings: 'tnum'; }
code { font: 13px/20px 'Geist Mono', ui-monospace, 'SF Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
a { color: var(--primary); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--primary); outline-offset: 2px; border-radius: 4px; }
.page { display: grid; grid-template-columns: 232px minmax(0, 1fr); max-width: 1200px; margin: 0 auto; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 24px 16px 32px 24px; }
nav h2 { margin: 16px 0 4px; font-size: 12.5px; line-height: 17px; color: var(--secondary); font-weight: 600; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: 3px 0; color: var(--text); text-decoration: none; }
nav a:hover { color: var(--primary); text-decoration: underline; }
main { padding: 24px 32px 64px; min-width: 0; }
h1 { font-size: 22px; line-height: 28px; letter-spacing: -0.015em; font-weight: 600; margin: 0 0 16px; }
main > section > h2 { font-size: 18px; line-height: 24px; letter-spacing: -0.01em; font-weight: 600; margin: 40px 0 12px; }
h3 { font-size: 14px; line-height: 20px; font-weight: 600; margin: 0; }
h4 { font-size: 12.5px; line-height: 17px; font-weight: 600; color: var(--secondary); margin: 16px 0 4px; }
p { margin: 8px 0; max-width: 72ch; }
article { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 16px 20px; margin: 0 0 12px;
  scroll-margin-top: 16px; }
article p { color: var(--secondary); }
.route { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; margin-top: 4px; }
.method { font: 600 12.5px/17px 'Geist Mono', ui-monospace, monospace; color: var(--primary); }
.method.delete { color: var(--failed); }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 8px 12px 8px 0; border-top: 1px solid var(--line); font-weight: 400; }
tr:first-child th, tr:first-child td { border-top: 0; }
th { width: 34%; }
.answers th { width: 84px; }
.optional, .note, .note p { color: var(--secondary); font-size: 12.5px; line-height: 17px; }
.note p { margin: 2px 0 0; }
.open { color: var(--secondary); font-size: 12.5px; }
@media (max-width: 760px) {
  .page { display: block; }
  nav { position: static; max-height: none; padding: 16px 18px 0; }
  nav ul { display: none; }
  nav h2 { display: inline-block; margin: 0 12px 0 0; }
  main { padding: 16px 18px 48px; }
}
@media print { nav { display: none; } .page { display: block; } }
`;
