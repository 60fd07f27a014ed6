/** Styles of all pages. A page's style is inline, and its hash is in the Content-Security-Policy. */
export const FRAME_STYLE = `
:root{color-scheme:light dark;--paper:#fbfaf7;--raised:#fff;--ink:#1c232c;--soft:#545e69;--line:#dfdacf;--accent:#0e5a57;--accent-ink:#fff;--code:#f3f0e9;--warm:#8a4b12;--mark:#faf1cf;--mark2:#f5e4a9;--mark3:#efd585;--mark-ink:#2a2208;
--held:#0e5a57;--open:#8a4b12;--lost:#8d2f2f;--c1:#dcebe8;--c2:#b4d5cf;--c3:#7fb5ac;--c4:#2f7a72;--c5:#0e5a57;--c-ink:#fff;
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua",Georgia,"Noto Serif","DejaVu Serif",serif;--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;--mono:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{--paper:#12181f;--raised:#18202a;--ink:#e9e5dc;--soft:#a6b0bb;--line:#2d3743;--accent:#7fcabf;--accent-ink:#0d1a1a;--code:#0e141a;--warm:#e0ac72;--mark:#3d3517;--mark2:#564a1d;--mark3:#6f5f24;--mark-ink:#f6efd8;
--held:#7fcabf;--open:#e0ac72;--lost:#eb9a93;--c1:#1d2f33;--c2:#1f4347;--c3:#2b615f;--c4:#4b938b;--c5:#7fcabf;--c-ink:#0d1a1a}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 var(--sans);overflow-wrap:break-word}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:3px}
.skip{position:absolute;left:-99rem;top:.5rem;background:var(--accent);color:var(--accent-ink);padding:.5rem .9rem;border-radius:6px;z-index:2}
.skip:focus{left:.5rem}
.page{max-width:66rem;margin:0 auto;padding:0 1.5rem}
.top{border-bottom:1px solid var(--line)}
.masthead{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.8rem 1.4rem;padding:1.1rem 0 .6rem}
.brand{display:flex;align-items:center;gap:.6rem;font:600 1.25rem/1 var(--serif);color:var(--ink);text-decoration:none}
.mark{color:var(--accent)}
.find{display:flex;gap:.4rem;flex:0 1 22rem;min-width:0}
.find input{flex:1;min-width:0}
.find{position:relative}
.find ul{position:absolute;z-index:3;top:100%;left:0;right:0;margin:.25rem 0 0;padding:.25rem 0;list-style:none;background:var(--raised);border:1px solid #8b8677;border-radius:6px;max-height:22rem;overflow-y:auto}
.find li{padding:.4rem .7rem;cursor:pointer;max-width:none}
.find li span{color:var(--soft);font-size:.85rem}
.find li[aria-selected=true],.find li:hover{background:var(--code);box-shadow:inset 3px 0 0 var(--accent)}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
input,select,button{font:inherit;font-size:.95rem;color:var(--ink);background:var(--raised);border:1px solid #8b8677;border-radius:6px;padding:.35rem .6rem}
button{cursor:pointer;background:var(--accent);border-color:var(--accent);color:var(--accent-ink)}
.top nav{display:flex;flex-wrap:wrap;gap:.15rem .7rem;font-size:.92rem;padding:0 0 .8rem}
.top nav a{color:var(--soft);text-decoration:none;padding:.15rem 0}
nav a:hover{color:var(--accent);text-decoration:underline}
.top nav a[aria-current]{color:var(--ink);font-weight:600;box-shadow:0 2px 0 var(--accent)}
h1{font:500 clamp(2.1rem,5.4vw,3.5rem)/1.12 var(--serif);letter-spacing:-.015em;margin:0 0 1.2rem;max-width:19ch;text-wrap:balance}
h2{font:600 1.35rem/1.3 var(--serif);margin:0 0 1.1rem}
h3{font:600 1.05rem/1.4 var(--serif);margin:1.6rem 0 .5rem}
.lede{max-width:62ch;font-size:1.1rem;color:var(--soft);margin:0 0 1.9rem}
section{padding:2.9rem 0 0}
.note{color:var(--soft);font-size:.95rem;max-width:66ch}
.note code{font:.9em var(--mono)}
footer{margin-top:3.6rem;padding:1.4rem 0 2.4rem;border-top:1px solid var(--line);color:var(--soft);font-size:.9rem}
footer nav,footer p{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;margin:0 0 .5rem}
footer nav a{color:var(--soft)}
@media screen and (max-width:44rem){body{font-size:16px}.page{padding:0 1.15rem}.find{flex:1 1 100%}.top nav{gap:.1rem 1rem}section{padding-top:2.3rem}}
@media (prefers-reduced-motion:no-preference){:target{animation:found 1.6s ease-out}@keyframes found{from{background:var(--mark2)}}}
@media print{.top nav,.find,.skip,footer nav{display:none}}
`;

/** Additional styles of pages about the record. */
export const PAGE_STYLE = `${FRAME_STYLE}
main{padding:2.2rem 0 0}
main:focus{outline:0}
.mistake{margin:2.4rem 0 0;border-top:1px solid var(--line);padding-top:.9rem}
.mistake summary{cursor:pointer;color:var(--soft);font-size:.95rem}
.mistake form{display:grid;gap:.8rem;max-width:36rem;padding:1rem 0 0}
.mistake label{display:grid;gap:.3rem;font-size:.95rem}
.mistake textarea{font:inherit;color:var(--ink);background:var(--raised);border:1px solid #8b8677;border-radius:6px;padding:.35rem .6rem}
.mistake button{justify-self:start}
h1{font-size:clamp(1.75rem,4vw,2.6rem);max-width:26ch;margin-bottom:.7rem}
section{padding-top:2.4rem}
h2{border-top:1px solid var(--line);padding-top:.9rem;margin-bottom:.8rem}
.on-page ul{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;margin:1.3rem 0 0;padding:.55rem 0;border-block:1px solid var(--line);font-size:.93rem}
@media print{.on-page{display:none}}
.kind{font:600 .82rem/1.4 var(--sans);letter-spacing:.06em;text-transform:uppercase;color:var(--warm);margin:0 0 .4rem}
.kind a{color:inherit}
.known{border:1px solid var(--open);border-left-width:5px;border-radius:6px;padding:.7rem 1rem;margin:0 0 1.6rem;max-width:66ch}
.sum{font-size:1.08rem;max-width:66ch;margin:0 0 1rem}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.5rem;margin:1.1rem 0 0;max-width:52rem}
.facts dt{color:var(--soft);font-size:.93rem}
.facts dd{margin:0;min-width:0}
p,li,dd{max-width:72ch}
.rows{list-style:none;margin:0;padding:0}
.rows>li{padding:.75rem 0;border-bottom:1px solid var(--line);max-width:none}
.rows p{margin:0}
.rows h2{border:0;padding:0;margin:0;font-size:1.1rem}
.rows h3{margin:.5rem 0 .2rem;font:600 .95rem/1.5 var(--sans)}
.by-day>li{display:grid;grid-template-columns:11rem 1fr;gap:.1rem 1.2rem}
.when{color:var(--warm);font-variant-numeric:tabular-nums lining-nums;font-size:.95rem}
.aside,.unknown{color:var(--soft);font-size:.93rem}
.unknown{font-style:italic}
.status{font-size:.9rem;white-space:nowrap}
.status:before{content:"";display:inline-block;width:.62em;height:.62em;border-radius:50%;border:2px solid;margin-right:.42em}
.status-held{color:var(--held)}.status-held:before{background:currentColor}
.status-expected,.status-postponed{color:var(--open)}
.status-postponed:before{border-style:dashed}
.status-declined,.status-cancelled,.status-called_off{color:var(--lost)}
.status-declined:before,.status-cancelled:before,.status-called_off:before{border-radius:0;background:linear-gradient(135deg,transparent 42%,currentColor 42% 58%,transparent 58%)}
.status-unknown{color:var(--soft);white-space:normal}.status-unknown:before{border-style:dotted}
.tag{display:inline-block;border:1px solid var(--open);color:var(--open);border-radius:4px;padding:0 .4em;font-size:.82rem;line-height:1.5}
.wide{overflow-x:auto;margin:0 0 1rem}
table{border-collapse:collapse;width:100%;font-size:.95rem;line-height:1.5}
th,td{text-align:left;vertical-align:top;padding:.5rem 1.1rem .5rem 0;border-bottom:1px solid var(--line)}
td:first-child time{white-space:nowrap}
thead th{font-weight:600;font-size:.88rem;color:var(--soft);border-bottom:1px solid var(--soft)}
tbody th{font-weight:600}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums lining-nums}
caption{text-align:left;color:var(--soft);font-size:.93rem;padding:0 0 .4rem}
.cite{font-size:.72em;line-height:0;margin-left:.15em;white-space:nowrap}
h1 .cite{font:600 .85rem/0 var(--sans);letter-spacing:0;vertical-align:super}
.cite a{text-decoration:none;padding:0 .1em}
.cite a:hover{text-decoration:underline}
.sources{padding-left:2rem;font-size:.92rem;line-height:1.55}
.sources li{margin:0 0 .5rem;padding-left:.2rem;max-width:80ch}
.sources q,.passages q{font-family:var(--serif)}
.dot{color:var(--soft)}
blockquote{margin:0;padding-inline-start:1.1rem;border-inline-start:3px solid var(--accent);font:1.05rem/1.6 var(--serif);max-width:62ch}
blockquote p{margin:0 0 .3rem}
.said{margin:0 0 1.4rem;max-width:66ch}
.said>p{margin:.35rem 0 0}
.para{font:1.02rem/1.6 var(--serif);margin:0}
.sides{margin:.3rem 0 0;padding-left:1.2rem}
details{margin:1rem 0 0}
summary{cursor:pointer;color:var(--accent);width:fit-content}
pre{margin:.7rem 0;padding:.9rem 1.1rem;background:var(--code);border:1px solid var(--line);border-radius:7px;overflow-x:auto;font:.82rem/1.6 var(--mono);tab-size:2}
.download ul{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;padding:0;margin:0;list-style:none}
.pages{display:flex;gap:1.5rem;margin:1.3rem 0 0}
.ask{display:flex;flex-wrap:wrap;gap:.7rem 1.1rem;align-items:end;margin:0 0 1.6rem;padding:0}
.ask label,.ask fieldset{display:flex;flex-direction:column;font-size:.88rem;color:var(--soft);gap:.2rem;min-width:0}
.ask fieldset{border:0;padding:0;margin:0}
.ask .choice{display:flex;flex-direction:row;align-items:center;gap:.4rem;color:var(--ink)}
.drawing{margin:0 0 1rem}
.drawing svg{display:block;font-family:var(--sans)}
.drawing figcaption{color:var(--soft);font-size:.93rem;margin:.5rem 0 0}
.drawing text{fill:var(--ink);font-size:12px}
.drawing .small{font-size:11px;fill:var(--soft)}
.drawing .over{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.drawing .grid{stroke:var(--line);stroke-width:1}
.drawing .axis{stroke:var(--soft);stroke-width:1}
.drawing a text{fill:var(--accent)}
.drawing a:focus-visible{outline-offset:1px}
.hint,.of,.printed{display:none}
.columns{columns:16rem 3;column-gap:2rem;padding:0;list-style:none}
.columns li{padding:.2rem 0;break-inside:avoid}.columns .aside{white-space:nowrap}
.wide-svg{min-width:44rem;width:100%;height:auto}
.tint{fill:var(--c2)}.tint-MEMBER{fill:var(--c4)}.tint-PLUS_COUNTRY{fill:var(--c3)}.tint-OBSERVER,.tint-INVITED{fill:var(--raised)}
.stroke{stroke:var(--c5);stroke-width:1.2;fill:none;stroke-linecap:square}
.bar{stroke:var(--c5);stroke-width:1}
.doubted{opacity:.4}
.disputed{stroke:var(--lost);stroke-width:1.5;stroke-dasharray:4 3}.hatch{stroke:var(--lost);stroke-width:1.6;fill:none}
.fade-none{stop-color:var(--c4);stop-opacity:0}.fade-full{stop-color:var(--c4);stop-opacity:.75}
.today{stroke:var(--soft);stroke-dasharray:2 4}
.milestone{stroke:var(--warm);stroke-dasharray:5 4}
.span{fill:var(--soft);opacity:.55}
.hit{fill:transparent}
.sign{stroke-width:2.2;fill:none;stroke:var(--open)}.sign.held{stroke:var(--held);fill:var(--held)}.sign.lost{stroke:var(--lost)}.sign.put-off{stroke-dasharray:2.5 2}
.drawing .sign-unknown{font-weight:700;fill:var(--soft)}
.s1{fill:var(--c1)}.s2{fill:var(--c2)}.s3{fill:var(--c3)}.s4{fill:var(--c4)}.s5{fill:var(--c5)}
.t1,.t2,.t3{fill:var(--ink);font-size:12px}.t4,.t5{fill:var(--c-ink);font-size:12px}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;list-style:none;padding:0;margin:.4rem 0 0;font-size:.9rem;color:var(--soft)}
.legend svg{display:inline-block;vertical-align:-.1em;margin-right:.35em}
mark{background:var(--mark2);color:var(--mark-ink);border-radius:2px}
.text{font:1.08rem/1.75 var(--serif);white-space:pre-wrap;max-width:62ch}
.text .m{color:inherit;background:var(--mark);text-decoration:none;padding:.08em 0}
.text .m:has(i:target){outline:2px solid var(--warm);outline-offset:1px}
.text .m2{background:var(--mark2)}.text .m3{background:var(--mark3)}
.text .m:hover,.text .m:focus-visible{text-decoration:underline;color:var(--mark-ink)}
.text sup{font:600 .62em/0 var(--sans);margin:0 .1em;unicode-bidi:isolate}
.text sup a{text-decoration:none}
.passages{padding:0;margin:0;list-style:none;font-size:.92rem;line-height:1.5}
.passages>li{padding:.6rem 0;border-bottom:1px solid var(--line)}
.passages ul{list-style:none;margin:.2rem 0 0;padding:0}
.passages .kind{font-size:.72rem;margin:0 .5em 0 0}
:target{background:var(--mark);color:var(--mark-ink);box-shadow:0 0 0 .3rem var(--mark);border-radius:2px}
:target a{color:inherit}
main:target,h2:target{animation:none;background:none;box-shadow:none;color:inherit}
.reading{display:grid;grid-template-columns:minmax(0,1fr);gap:2.4rem}
@media (min-width:62rem){.reading{grid-template-columns:minmax(0,1fr) 23rem}.beside{position:sticky;top:1rem;max-height:calc(100vh - 2rem);overflow-y:auto;padding:0 .6rem}}
@media screen and (max-width:44rem){.hint{display:block;margin:0 0 .3rem;color:var(--soft);font-size:.93rem}main{padding-top:1.5rem}.facts{grid-template-columns:1fr;gap:0}.facts dd{margin:0 0 .5rem}.by-day>li{grid-template-columns:1fr}.status{white-space:normal}
.of{display:inline;color:var(--soft)}.stacked thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.stacked,.stacked tbody,.stacked caption,.stacked tr,.stacked th,.stacked td{display:block}.stacked tr{padding:.55rem 0;border-bottom:1px solid var(--line)}.stacked tbody th,.stacked td{padding:.05rem 0;border:0}}
@media print{:root{color-scheme:light;--paper:#fff;--raised:#fff;--ink:#000;--soft:#444;--line:#bbb;--accent:#000;--warm:#444;--held:#000;--open:#000;--lost:#000}
body{font-size:10.5pt;line-height:1.4}.page{max-width:none;padding:0}main{padding-top:.6rem}.pages,.ask,.query,.download,.hint,footer{display:none}.top{border:0}section{padding-top:1.1rem}h1{font-size:20pt}h2{font-size:13pt;break-after:avoid}h3,caption{break-after:avoid}tr,.said,.rows>li,.sources li{break-inside:avoid}.wide,.beside{overflow:visible;max-height:none;position:static}.wide-svg{min-width:0}.reading{display:block}a{text-decoration:none}.text .m{background:none}.printed{display:block;border-top:1px solid var(--line);margin-top:1.4rem;padding-top:.5rem;color:var(--soft)}.away:after{content:" <" attr(href) ">";overflow-wrap:anywhere}}
`;
