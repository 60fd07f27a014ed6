/** Text that is safe inside HTML, also in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

/** Two who meet aside of the table: the mark of the service, drawn in the colour of the text around it. */
const MARK = `<svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><path d="M4 9.5h24" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"/><circle cx="11" cy="20" r="4.4" fill="currentColor"/><circle cx="21.5" cy="20" r="4.4" fill="none" stroke="currentColor" stroke-width="2.6"/></svg>`;

const ICON = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0e5a57"/><path d="M7 10.5h18" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/><circle cx="12" cy="20" r="3.8" fill="#fff"/><circle cx="20.6" cy="20" r="3.8" fill="none" stroke="#fff" stroke-width="2.4"/></svg>`,
)}`;

/** What all pages of the service look like; a page's whole style is inline and allowed by its hash. */
export const FRAME_STYLE = `
:root{color-scheme:light dark;--paper:#faf8f4;--raised:#fff;--ink:#1b2430;--soft:#56606c;--line:#e1dcd1;--accent:#0e5a57;--accent-ink:#fff;--code:#f2eee6;--warm:#8a4b12;
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua",Georgia,"Noto Serif","DejaVu Serif",serif;--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;--mono:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{--paper:#12181f;--raised:#18202a;--ink:#e9e5dc;--soft:#a2acb7;--line:#2b3541;--accent:#7fcabf;--accent-ink:#0d1a1a;--code:#0e141a;--warm:#e0ac72}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 var(--sans)}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:3px}
.page{max-width:66rem;margin:0 auto;padding:0 1.5rem}
header{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:1rem;padding:1.4rem 0;border-bottom:1px solid var(--line)}
.brand{display:flex;align-items:center;gap:.6rem;font:600 1.2rem/1 var(--serif);color:var(--ink);text-decoration:none}
.mark{color:var(--accent)}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;font-size:.95rem}
nav a{color:var(--soft);text-decoration:none}
nav a:hover{color:var(--accent);text-decoration:underline}
h1{font:500 clamp(2.1rem,5.4vw,3.5rem)/1.12 var(--serif);letter-spacing:-.015em;margin:0 0 1.2rem;max-width:19ch;text-wrap:balance}
h2{font:600 1.35rem/1.3 var(--serif);margin:0 0 1.1rem}
.lede{max-width:62ch;font-size:1.1rem;color:var(--soft);margin:0 0 1.9rem}
section{padding:2.9rem 0 0}
.note{color:var(--soft);font-size:.95rem;max-width:66ch}
.note code{font:.9em var(--mono)}
footer{margin-top:3.6rem;padding:1.4rem 0 2.4rem;border-top:1px solid var(--line);color:var(--soft);font-size:.9rem;display:flex;flex-wrap:wrap;gap:.3rem 1.4rem}
@media (max-width:44rem){body{font-size:16px}.page{padding:0 1.15rem}nav{gap:.2rem 1rem}nav a:last-child{display:none}section{padding-top:2.3rem}}
@media print{nav{display:none}}
`;

/** A page of the service, as others point to it. */
export interface Way {
  readonly path: string;
  readonly name: string;
  readonly about: string;
}

const BUILT_PAGES: readonly Way[] = [
  { path: "/playground", name: "Playground", about: "Ready-made questions in tabs, the documentation beside them. Works without the internet." },
  { path: "/map", name: "Map", about: "Every type of the schema and what leads where, drawn." },
];
const CORRECTIONS: Way = { path: "/corrections", name: "Corrections", about: "What the record said before, what it says since, and why: nothing is overwritten in silence." };
const TABLE: Way = { path: "/meetings.csv", name: "Table", about: "Every seat at every meeting as CSV, for spreadsheets. The same is there as a calendar and as linked data." };
const SCHEMA: Way = { path: "/schema.graphql", name: "Schema", about: "The contract as one file, for code generators and editors." };

/** Where one can go from a page. */
export function waysOf(hasPlayground: boolean): readonly Way[] {
  return hasPlayground ? [...BUILT_PAGES, CORRECTIONS, TABLE, SCHEMA] : [CORRECTIONS, TABLE, SCHEMA];
}

/** What a page puts into the frame; HTML where it is not said otherwise. */
export interface FramedPage {
  /** As text. */
  readonly title: string;
  /** For search engines, as text. */
  readonly description: string;
  readonly style: string;
  readonly ways: readonly Way[];
  readonly main: string;
  readonly footer: string;
}

/** A page, whole without a script. */
export function renderFrame({ title, description, style, ways, main, footer }: FramedPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(description)}">
<link rel="icon" href="${ICON}">
<style>${style}</style>
</head>
<body>
<div class="page">
<header>
<a class="brand" href="/">${MARK}Sidelines</a>
<nav aria-label="Pages">${ways.map(({ path, name }) => `<a href="${path}">${name}</a>`).join("")}</nav>
</header>
<main>
${main}
</main>
<footer>${footer}</footer>
</div>
</body>
</html>
`;
}
