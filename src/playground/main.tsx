import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./theme.css";
import { createGraphiQLFetcher, type Fetcher, type FetcherParams } from "@graphiql/toolkit";
import { ToolbarButton, useGraphiQL } from "@graphiql/react";
import { GraphiQL } from "graphiql";
import { getOperationAST, GraphQLError, print, separateOperations, type DocumentNode } from "graphql";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { createClient, isSidelinesError } from "../sdk/client.js";
import { addressOfTab, editionOf, shippedTabs, storedTab, tabOfAddress } from "./tabs.js";

/**
 * Tabs are kept for each edition of the shipped operations: a new edition starts with its own, everything else
 * (history, headers, theme) stays.
 */
function storageOf(
  edition: string,
): Pick<Storage, "length" | "clear" | "getItem" | "setItem" | "removeItem"> & { readonly close: () => void } {
  let isClosed = false;
  const nameOf = (key: string) => (/:(tabState|query|variables)$/.test(key) ? `${key}:${edition}` : key);
  return {
    get length() {
      return localStorage.length;
    },
    clear: () => localStorage.clear(),
    getItem: (key) => localStorage.getItem(nameOf(key)),
    setItem: (key, value) => {
      if (!isClosed) localStorage.setItem(nameOf(key), value);
    },
    removeItem: (key) => localStorage.removeItem(nameOf(key)),
    close: () => {
      isClosed = true;
    },
  };
}

/** Tells the page of each answer whether the service refused the text because it is not in its safelist. */
const answers = new EventTarget();

const ask = createGraphiQLFetcher({
  url: "/graphql",
  fetch: async (input, init) => {
    const response = await fetch(input, init);
    const tell = (answer: unknown): void =>
      void answers.dispatchEvent(new CustomEvent("answer", { detail: isRefusal(answer) }));
    void response
      .clone()
      .json()
      .then(tell, () => undefined);
    return response;
  },
});

function isRefusal(answer: unknown): boolean {
  const { errors = [] } = answer as {
    readonly errors?: readonly { readonly extensions?: { readonly code?: unknown } }[];
  };
  return errors.some(({ extensions }) => extensions?.code === "QUERY_NOT_IN_SAFELIST");
}

/** Subscriptions run over event streams, which go on where they were when the service was away. */
const fetcher: Fetcher = (asked, options) => {
  const document = options?.documentAST;
  const isLive = document && getOperationAST(document, asked.operationName)?.operation === "subscription";
  return isLive ? listen(document, asked, options.headers) : ask(asked, options);
};

async function* listen(
  document: DocumentNode,
  { operationName, variables }: FetcherParams,
  headers?: Record<string, string>,
) {
  // Of several operations in a tab, the one that was chosen goes alone.
  const alone = separateOperations(document)[operationName ?? ""] ?? document;
  try {
    for await (const data of createClient({ url: "/graphql", headers }).subscribe(
      print(alone),
      variables as Record<string, unknown>,
    ))
      yield { data: data as Record<string, unknown> };
  } catch (error) {
    const told = isSidelinesError(error) && error.errors.length > 0 ? error.errors : [{ message: String(error) }];
    yield { errors: told.map(({ message, extensions = {} }) => new GraphQLError(message, { extensions })) };
  }
}
const linked = tabOfAddress(location.search);
const tabs = linked ? [linked, ...shippedTabs] : [...shippedTabs];
const storage = storageOf(editionOf(shippedTabs));

/** GraphiQL fills its variable editor from these alone, also where the tabs hold variables. */
const start = linked ?? storedTab(storage.getItem("graphiql:tabState")) ?? tabs[0];

/** Titles are full of dashes and accents; the editors shall not warn of characters that look like others. */
function PlainCharacters() {
  const response = useGraphiQL((state) => state.responseEditor);
  const variables = useGraphiQL((state) => state.variableEditor);
  useEffect(() => {
    for (const editor of [response, variables])
      editor?.updateOptions({ unicodeHighlight: { ambiguousCharacters: false } });
  }, [response, variables]);
  return null;
}

function CopyLink() {
  const [said, say] = useState("Copy a link to this tab");
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const copy = async () => {
    const address = addressOfTab(`${location.origin}/playground`, {
      query: queryEditor?.getValue() ?? "",
      variables: variableEditor?.getValue() ?? "",
    });
    history.replaceState(null, "", address);
    // Browsers give the clipboard to secure addresses only; the link then stands in the address bar.
    const copied = await navigator.clipboard?.writeText(address).then(
      () => true,
      () => false,
    );
    say(copied ? "Link copied" : "The link is in the address bar");
    setTimeout(() => say("Copy a link to this tab"), 3_000);
  };
  return (
    <ToolbarButton label={said} onClick={() => void copy()}>
      <svg
        className="graphiql-toolbar-icon"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        aria-hidden="true"
      >
        <path d="M10 14a4.5 4.5 0 0 0 6.4 0l3-3a4.5 4.5 0 0 0-6.4-6.4l-1 1" />
        <path d="M14 10a4.5 4.5 0 0 0-6.4 0l-3 3a4.5 4.5 0 0 0 6.4 6.4l1-1" />
      </svg>
    </ToolbarButton>
  );
}

/** Replaces the tabs by the shipped operations. GraphiQL stores tabs half a second late, so the storage is closed first. */
function startAnew(): void {
  storage.close();
  for (const key of ["tabState", "query", "variables"]) storage.removeItem(`graphiql:${key}`);
  location.assign("/playground");
}

/** Says what can be asked of a service that answers its own operations only, once it has refused another. */
function Refused() {
  const [isRefused, setRefused] = useState(false);
  useEffect(() => {
    const hear = (event: Event): void => setRefused((event as CustomEvent<boolean>).detail);
    answers.addEventListener("answer", hear);
    return () => answers.removeEventListener("answer", hear);
  }, []);
  if (!isRefused) return null;
  return (
    <div className="refused" role="status">
      <strong>This service answers only operations that it knows.</strong> Those in the tabs and those that its pages
      show are among them, as they stand: change their variables as you like, but not their text.{" "}
      <button type="button" onClick={startAnew}>
        Open the tabs anew
      </button>
    </div>
  );
}

function Playground() {
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      defaultTabs={tabs.map((tab) => ({ ...tab }))}
      {...(start ? { initialQuery: start.query, initialVariables: start.variables } : {})}
      defaultEditorToolsVisibility="variables"
      schemaDescription
    >
      <GraphiQL.Logo>
        <a className="brand" href="/" title="To the first page">
          <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
            <path d="M4 9.5h24" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
            <circle cx="11" cy="20" r="4.4" fill="currentColor" />
            <circle cx="21.5" cy="20" r="4.4" fill="none" stroke="currentColor" strokeWidth="2.6" />
          </svg>
          Sidelines
        </a>
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, copy, merge }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <CopyLink />
            <PlainCharacters />
          </>
        )}
      </GraphiQL.Toolbar>
      <GraphiQL.Footer>
        <Refused />
      </GraphiQL.Footer>
    </GraphiQL>
  );
}

const root = document.getElementById("root");
if (root) createRoot(root).render(<Playground />);
