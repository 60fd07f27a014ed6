// What is no GraphQL over HTTP, or hardly.
import { gzipSync } from "node:zlib";
import { serverAudits } from "graphql-http";
import { raw, request } from "../service.js";

const json = { "content-type": "application/json" };
const question = { query: "{ __typename }" };
const mutation = "mutation { __typename }";

/** A request whose status has to be one of these. */
const refused = (name, statuses, path, options) => ({
  name,
  run: async (bench) => {
    const answer = await request(bench.service, path, options);
    bench.assertWell(answer, { statuses });
    return `${answer.status}`;
  },
});

/** Bytes on a bare connection that are answered with one of these statuses, or by closing it. */
const refusedBytes = (name, statuses, bytesOf) => ({
  name,
  run: async (bench) => {
    const answer = await raw(bench.service, bytesOf(bench.service));
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
    if (![0, ...statuses].includes(status)) throw new Error(`answers ${answer.slice(0, 200)}`);
    return status === 0 ? "closed" : String(status);
  },
});

const post = ({ port }, lines, body) =>
  [`POST /graphql HTTP/1.1`, `host: 127.0.0.1:${port}`, "content-type: application/json", ...lines, "", body].join(
    "\r\n",
  );

export const cases = [
  {
    name: "the 61 audits of GraphQL over HTTP",
    run: async ({ service }) => {
      const audits = serverAudits({ url: () => `${service.url}/graphql` });
      const failed = [];
      for (const audit of audits) {
        const result = await audit.fn();
        if (result.status !== "ok") failed.push(`${audit.name}: ${result.reason}`);
      }
      if (failed.length > 0) throw new Error(failed.join("; "));
      return `${audits.length} pass`;
    },
  },
  refused("a mutation by GET", [405], `/graphql?query=${encodeURIComponent(mutation)}`, { method: "GET" }),
  refused("a form, url-encoded", [415], "/graphql", {
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "query=%7B__typename%7D",
  }),
  refused("a form in several parts", [415], "/graphql", {
    headers: { "content-type": "multipart/form-data; boundary=x" },
    body: '--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n{__typename}\r\n--x--',
  }),
  refused("plain text", [415], "/graphql", {
    headers: { "content-type": "text/plain" },
    body: JSON.stringify(question),
  }),
  refusedBytes(
    "no content type",
    [415],
    ({ port }) =>
      `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-length: 26\r\n\r\n{"query":"{ __typename }"}`,
  ),
  refused("UTF-7", [415], "/graphql", {
    headers: { "content-type": "application/json; charset=utf-7" },
    body: JSON.stringify(question),
  }),
  refused("UTF-16", [415], "/graphql", {
    headers: { "content-type": "application/json; charset=utf-16" },
    body: Buffer.from(JSON.stringify(question), "utf16le"),
  }),
  refused("a gzip bomb", [413, 415], "/graphql", {
    headers: { ...json, "content-encoding": "gzip" },
    body: gzipSync(Buffer.alloc(50_000_000)),
  }),
  {
    name: "__proto__ and constructor in variables",
    run: async (bench) => {
      for (const body of [
        '{"query":"{ __typename }","variables":{"__proto__":{"polluted":1}}}',
        '{"query":"{ __typename }","variables":{"constructor":{"prototype":{"polluted":1}}}}',
        '{"__proto__":{"query":"{ __typename }"}}',
        '{"query":"{ __typename }","variables":{"\\u005f_proto__":{"x":1}}}',
      ]) {
        bench.assertWell(await request(bench.service, "/graphql", { headers: json, body }));
      }
    },
  },
  refused("a batch in an array", [400], "/graphql", { headers: json, body: [question, question] }),
  refused("a body over its limit", [413], "/graphql", {
    headers: json,
    body: { query: `{ __typename } #${"x".repeat(300_000)}` },
  }),
  refusedBytes("a header of 64 kB", [400, 431], (service) =>
    post(service, [`x-long: ${"x".repeat(65_536)}`, "content-length: 26"], '{"query":"{ __typename }"}'),
  ),
  refusedBytes("a thousand headers", [200, 400, 431], (service) =>
    post(
      service,
      [...Array.from({ length: 1_000 }, (_, index) => `x-${index}: y`), "content-length: 26"],
      '{"query":"{ __typename }"}',
    ),
  ),
  refusedBytes(
    "an address of 64 kB",
    [400, 414, 431],
    ({ port }) => `GET /graphql?query=${"x".repeat(65_536)} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`,
  ),
  ...["PUT", "DELETE", "PATCH"].map((method) =>
    refused(`the verb ${method}`, [405], "/graphql", { method, headers: json, body: question }),
  ),
  refusedBytes(
    "a verb that there is none of",
    [400, 404, 405, 501],
    ({ port }) => `FROBNICATE /graphql HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`,
  ),
  refused("an Accept that cannot be met", [406], "/graphql", {
    headers: { ...json, accept: "text/plain" },
    body: question,
  }),
  ...[
    ["half of a JSON text", '{"query":"{ __type'],
    ["no JSON", "query { __typename }"],
    ["a body of null", "null"],
    ["a query that is a number", '{"query":1}'],
    ["variables that are a list", '{"query":"{ __typename }","variables":[1]}'],
    ["an operation's name that is an object", '{"query":"{ __typename }","operationName":{}}'],
    [
      "JSON 100,000 brackets deep",
      `{"query":"{ __typename }","variables":{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`,
    ],
  ].map(([name, body]) => refused(name, [400, 200], "/graphql", { headers: json, body })),
  refused("bytes that are no UTF-8", [400], "/graphql", {
    headers: json,
    body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
  }),
  refusedBytes("two lengths that differ", [400], (service) =>
    post(service, ["content-length: 26", "content-length: 3"], '{"query":"{ __typename }"}'),
  ),
  refusedBytes("a length beside chunks", [400], (service) =>
    post(service, ["content-length: 26", "transfer-encoding: chunked"], "0\r\n\r\n"),
  ),
  refusedBytes(
    "a malformed Host",
    [200, 400],
    () =>
      `POST /graphql HTTP/1.1\r\nhost: \\\\evil\r\ncontent-type: application/json\r\ncontent-length: 26\r\n\r\n{"query":"{ __typename }"}`,
  ),
  refusedBytes("bytes that are no HTTP", [400], () => "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n"),
  refused("a path that climbs", [400, 404], "/..%2f..%2f..%2fetc%2fpasswd", { method: "GET" }),
  refused("a path in the pages that climbs", [400, 404], "/playground/..%2f..%2f..%2fpackage.json", { method: "GET" }),
];
