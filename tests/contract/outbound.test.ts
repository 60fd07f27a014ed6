import { describe, expect, it } from "vitest";
import { readSources } from "../support/architecture.js";

/** By what a program asks another one over the network: its own means, and the libraries of ours that have some. */
const asking = [
  /\bfetch\(/,
  /\bfrom "(node:)?(https|http2|tls|dgram|undici)"/,
  /\b(request|get|connect|createConnection)\b[^;]*\bfrom "(node:)?(http|net)"/,
  /\bnew (WebSocket|EventSource)\(/,
  /\bfrom "openid-client"/,
  /\bcreateRemoteJWKSet\(|\bnew OTLPTraceExporter\(/,
];

/** Code that runs at clients and not in the service. */
const isElsewhere = (path: string): boolean => /^src\/(sdk|playground)\//.test(path);

const askersIn = (sources: ReadonlyMap<string, string>): string[] =>
  [...sources].flatMap(([path, text]) =>
    !isElsewhere(path) && asking.some((pattern) => pattern.test(text)) ? [path] : [],
  );

describe("the service", () => {
  it("sends requests only to the token issuer, the OpenID providers, the trace collector and the model in its settings, and never to the address of a source", () => {
    expect(askersIn(readSources(new URL("../../", import.meta.url)))).toEqual([
      "src/access/oidc.ts",
      "src/access/tokens.ts",
      // The desk asks its own service from the browser.
      "src/desk/api.ts",
      // The language model in the settings, if there is one.
      "src/intake/model.ts",
      "src/lib/tracing.ts",
      // A script of the pages, which asks the service itself from the browser.
      "src/pages/search.box.ts",
    ]);
  });

  it.each([
    "await fetch(document.url);",
    'import { get } from "node:http";',
    'import { request } from "https";',
    'import { connect, type Socket } from "node:net";',
  ])("would be found to ask by %s", (text) => {
    expect(askersIn(new Map([["src/pages/x.ts", text]]))).toEqual(["src/pages/x.ts"]);
  });
});
