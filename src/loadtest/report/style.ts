/** Colours that stay apart for those who see few of them, on a light and on a dark ground. */
export const STYLE = `
:root{--ground:#fff;--text:#1a1d21;--muted:#5c6570;--edge:#dfe3e8;--good:#0a7f43;--bad:#c22222}
.accepted{--c:#009e73}.pending{--c:#56b4e9}.soldOut{--c:#8c96a3}.alreadyOrdered{--c:#0072b2}.limited{--c:#e69f00}.notEligible{--c:#cc79a7}.overloaded{--c:#d55e00}.error{--c:#c22222}
.p50{--c:#0072b2}.p99{--c:#d55e00}.max{--c:#8c96a3}.stored{--c:#0072b2}
@media (prefers-color-scheme:dark){:root{--ground:#14171b;--text:#e8ebee;--muted:#9aa4af;--edge:#323941;--good:#4cc38a;--bad:#ff7b72}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem;max-width:60rem;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1rem 0 0}
.verdict{font-weight:600;margin:.25rem 0}.good{color:var(--good)}.bad{color:var(--bad)}.muted{color:var(--muted);margin:.25rem 0}
.note{border-left:4px solid #e69f00;padding:.25rem .75rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin:1.25rem 0}
.tiles div{border:1px solid var(--edge);border-radius:.5rem;padding:.6rem .8rem}
dt{color:var(--muted);font-size:.8rem}dd{margin:0;font-size:1.25rem;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{padding:.3rem .6rem;border-bottom:1px solid var(--edge);text-align:left;font-weight:400;vertical-align:top}
thead th{color:var(--muted);font-size:.8rem}th[scope=row]{white-space:nowrap}
.number,thead th:not(:first-child){text-align:right;font-variant-numeric:tabular-nums}
.ids{font-family:ui-monospace,monospace;font-size:.8rem;overflow-wrap:anywhere}
figure{margin:1rem 0}figcaption{font-weight:600}.unit{color:var(--muted);font-weight:400}
svg{width:100%;height:auto;display:block}.grid{stroke:var(--edge)}.tick{fill:var(--muted);font-size:12px}
.bars rect{fill:var(--c)}.line path{fill:none;stroke:var(--c);stroke-width:2}.line circle{fill:var(--c)}
.legend{margin:0;display:flex;flex-wrap:wrap;gap:.25rem 1rem;color:var(--muted);font-size:.85rem}
.legend i{display:inline-block;width:.7rem;height:.7rem;border-radius:2px;background:var(--c);margin-right:.35rem}
`;
