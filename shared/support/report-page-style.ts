/** Style of the page in a support bundle; the page's policy names its digest. */
export const REPORT_PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1d1d22, #ececf0);
  --quiet: light-dark(#5d5d68, #a5a5b0);
  --ground: light-dark(#f5f5f7, #1b1b1f);
  --card: light-dark(#ffffff, #26262b);
  --line: light-dark(#dcdce2, #3b3b43);
  --good: light-dark(#1d7a3e, #6fd08c);
  --warn: light-dark(#8a5a00, #f0b849);
  --bad: light-dark(#b3261e, #ff8a80);
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 2rem 1rem; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif;
}
main { max-width: 46rem; margin: 0 auto; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .75rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
p { margin: .25rem 0; }
header p { color: var(--quiet); }
.card {
  background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: .875rem 1rem; margin: 0 0 .75rem; border-inline-start-width: 4px;
}
.card h3 { margin-top: 0; }
.blocking { border-inline-start-color: var(--bad); }
.warning { border-inline-start-color: var(--warn); }
.info { border-inline-start-color: var(--good); }
header .warning { color: var(--warn); }
.code { color: var(--quiet); font: .8125rem ui-monospace, monospace; unicode-bidi: isolate; }
dl { margin: .25rem 0; }
dl div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .125rem 0; }
dt { flex: 0 0 14rem; color: var(--quiet); }
dd { flex: 1 1 16rem; margin: 0; overflow-wrap: anywhere; unicode-bidi: plaintext; text-align: start; }
ul { margin: .25rem 0; padding-inline-start: 1.25rem; }
.checks { list-style: none; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.checks > li { padding: .5rem 1rem; }
.checks > li + li { border-top: 1px solid var(--line); }
.checks dl { font-size: .875rem; }
.checks p { display: flex; flex-wrap: wrap; gap: 0 .75rem; align-items: baseline; }
.checks p > span:first-child { flex: 1 1 12rem; }
em { font-style: normal; color: var(--quiet); }
.ok em { color: var(--good); }
.warning em, .timedOut em { color: var(--warn); }
.failed em { color: var(--bad); font-weight: 600; }
@media print { body { background: none; padding: 0; } .card, .checks { break-inside: avoid; } }
`;
