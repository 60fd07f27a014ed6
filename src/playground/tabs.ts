import variablesByOperation from "../operations/variables.json";

/** The initial content of a tab. */
export interface TabContent {
  readonly query: string;
  readonly variables: string;
}

const texts = import.meta.glob<string>("../operations/*.graphql", { query: "?raw", import: "default", eager: true });

/** A tab for each shipped operation, with variables that give a result. */
export const shippedTabs: readonly TabContent[] = Object.keys(texts)
  .sort()
  .map((path) => toTab((texts[path] ?? "").trimEnd()));

function toTab(query: string): TabContent {
  const given: Readonly<Record<string, object>> = variablesByOperation;
  const names = [...query.matchAll(/^(?:query|mutation|subscription) (\w+)/gm)].map((match) => match[1] ?? "");
  const variables = Object.assign({}, ...names.map((name) => given[name] ?? {})) as object;
  return {
    query: `${query}\n`,
    variables: Object.keys(variables).length > 0 ? JSON.stringify(variables, null, 2) : "",
  };
}

/** The tab in an address, `?query=…&variables=…`; null without a query. */
export function tabOfAddress(search: string): TabContent | null {
  const parameters = new URLSearchParams(search);
  const query = parameters.get("query");
  return query === null || query.trim() === "" ? null : { query, variables: tidyJson(parameters.get("variables")) };
}

/** The tab that was open last, from GraphiQL's local storage; null if there is none. */
export function storedTab(kept: string | null): TabContent | null {
  try {
    const { tabs, activeTabIndex } = JSON.parse(kept ?? "") as {
      tabs: { query: string | null; variables: string | null }[];
      activeTabIndex: number;
    };
    const tab = tabs[activeTabIndex];
    return tab ? { query: tab.query ?? "", variables: tab.variables ?? "" } : null;
  } catch {
    return null;
  }
}

/** A link to a tab. */
export function addressOfTab(page: string, { query, variables }: TabContent): string {
  const address = new URL(page);
  address.search = new URLSearchParams(variables.trim() === "" ? { query } : { query, variables }).toString();
  return address.href;
}

function tidyJson(text: string | null): string {
  if (text === null) return "";
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** A short name for what is shipped; it changes when an operation or a variable does. */
export function editionOf(tabs: readonly TabContent[]): string {
  let hash = 5381;
  for (const character of tabs.map(({ query, variables }) => query + variables).join("\0")) {
    hash = (Math.imul(hash, 33) ^ (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return hash.toString(36);
}
