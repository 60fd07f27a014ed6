// Texts that mean something else to whoever they are handed on to.
import { getNamedType, isEnumType, isInputObjectType } from "graphql";
import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ask, request, sidelines } from "../service.js";

const hostile = [
  '\'; DROP TABLE "Meeting"; --',
  "' OR '1'='1",
  '"); SELECT pg_sleep(5); --',
  "$1",
  "%",
  "_",
  "\\",
  "\u0000",
  "\ud800",
  "\udfff\ud800",
  "${7*7}",
  "{{7*7}}",
  "../../../../etc/passwd",
  "x".repeat(20_000),
  "\u202e",
  "\ufeff",
  "null",
  "NaN",
  "-infinity",
  "1e309",
  "a\r\nb: c",
];

const script = "<script>alert(1)</script><img src=x onerror=alert(1)>";
const formula = '=HYPERLINK("http://evil.example")';

/** A way into every argument of the root fields that takes text, also within an input. */
function textArguments(schema) {
  const found = [];
  for (const field of Object.values(schema.getQueryType().getFields())) {
    for (const argument of field.args) {
      const type = getNamedType(argument.type);
      if (["String", "ID"].includes(type.name)) found.push({ field, argument, wrap: (value) => value });
      if (!isInputObjectType(type)) continue;
      for (const inner of Object.values(type.getFields())) {
        if (["String", "ID"].includes(getNamedType(inner.type).name))
          found.push({
            field,
            argument,
            wrap: (value) => ({ [inner.name]: String(inner.type).startsWith("[") ? [value] : value }),
          });
      }
    }
  }
  return found;
}

/** A value that finds something, for the other arguments. */
function usual(type) {
  if (String(type).startsWith("[")) return ["IND", "CHN"];
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0].name;
  return /Date/.test(named.name) ? "2024-01-01" : "IND";
}

const selectionOf = (type) => (type.getFields || type.getTypes ? "{ __typename }" : "");

/** Adds a document and a meeting about it whose every text is hostile. */
async function recordHostile({ service, keys }) {
  const slug = "2024-11-23-torture-hostile";
  const input = {
    key: "torture-hostile",
    kind: "NEWS_REPORT",
    title: `${formula} ${script}`,
    publisher: `@${script}`,
    language: "en",
    publishedOn: "2024-11-23",
    text: `They met. ${script}\r\nBEGIN:VEVENT`,
  };
  await ask(
    service,
    "mutation ($input: AddDocumentInput!) { addDocument(input: $input) { document { id } userErrors { message } } }",
    { input },
    { authorization: keys.edit },
  );
  const cite = [{ document: "torture-hostile", quote: "They met" }];
  const meeting = {
    slug,
    title: `${formula} ${script}`,
    kind: "BILATERAL",
    on: "2024-11-23",
    note: `+${script}`,
    cite,
    participants: [
      { party: "IND", role: "PRINCIPAL", note: formula, cite },
      { party: "CHN", role: "PRINCIPAL", cite },
    ],
  };
  const record = async (input) =>
    (
      await ask(
        service,
        "mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id } userErrors { code message path } } }",
        { input },
        { authorization: keys.edit },
      )
    ).json?.data?.recordMeeting;
  // A line break in a title is refused; the rest is as hostile without it.
  await record({ ...meeting, title: `${meeting.title}\r\nEND:VEVENT` });
  const { meeting: made, userErrors } = await record(meeting);
  if (!made && !userErrors.some(({ code }) => code === "DUPLICATE"))
    throw new Error(`nothing hostile could be recorded: ${JSON.stringify(userErrors).slice(0, 300)}`);
  return slug;
}

export const cases = [
  {
    name: "hostile texts in every argument of every root field",
    seconds: 240,
    run: async (bench) => {
      const ways = textArguments(bench.schema);
      const texts = bench.isShort ? hostile.slice(0, 9) : hostile;
      let unread = 0;
      for (const { field, argument, wrap } of ways) {
        for (const text of texts) {
          const isList = String(argument.type).startsWith("[");
          const value = isList ? [wrap(text)] : wrap(text);
          const rest = field.args.filter((other) => other !== argument && String(other.type).endsWith("!"));
          const variables = { value, ...Object.fromEntries(rest.map((other) => [other.name, usual(other.type)])) };
          const declared = [`$value: ${argument.type}`, ...rest.map((other) => `$${other.name}: ${other.type}`)].join(
            ", ",
          );
          const passed = [`${argument.name}: $value`, ...rest.map((other) => `${other.name}: $${other.name}`)].join(
            ", ",
          );
          const answer = await bench.attack(
            `query (${declared}) { ${field.name}(${passed}) ${selectionOf(getNamedType(field.type))} }`,
            { variables },
          );
          if (answer.codes.includes("GRAPHQL_VALIDATION_FAILED")) unread += 1;
        }
      }
      if (unread > 0) throw new Error(`${unread} of the questions are no valid ones and try nothing`);
      const { json } = await ask(bench.service, "{ service { counts { meetings } } }");
      if (!(json.data.service.counts.meetings > 0)) throw new Error("the meetings are gone");
      return `${ways.length} arguments × ${texts.length} texts`;
    },
  },
  {
    name: "days that there are none of",
    run: async (bench) => {
      for (const day of [
        "2024-02-30",
        "2023-02-29",
        "0000-00-00",
        "2024-13-01",
        "99999-01-01",
        "-0001-01-01",
        "2024-1-1",
        "tomorrow",
        "2024-11-20T00:00:00Z",
        "",
      ]) {
        const answer = await bench.attack(
          "query ($day: Date!) { meetings(filter: { during: { from: $day } }) { totalCount } }",
          { variables: { day } },
        );
        if (!answer.codes.includes("BAD_USER_INPUT"))
          throw new Error(`${JSON.stringify(day)} is taken: ${answer.text.slice(0, 200)}`);
      }
    },
  },
  {
    name: "a foreign page: no credentials, and no mutation without being asked about",
    run: async (bench) => {
      const { service } = bench;
      const headers = { origin: "https://evil.example" };
      const preflight = await request(service, "/graphql", {
        method: "OPTIONS",
        headers: {
          ...headers,
          "access-control-request-method": "POST",
          "access-control-request-headers": "content-type",
        },
      });
      if (preflight.headers.get("access-control-allow-credentials") === "true")
        throw new Error("credentials are allowed");
      const simple = await request(service, "/graphql", {
        headers: { ...headers, "content-type": "text/plain" },
        body: JSON.stringify({ query: "{ __typename }" }),
      });
      if (simple.status !== 415) throw new Error(`a simple POST answers ${simple.status}`);
      // The record is public: a query by GET is answered without a preflight, a mutation never is.
      const get = (query) =>
        request(service, `/graphql?query=${encodeURIComponent(query)}`, { method: "GET", headers });
      const query = await get("{__typename}");
      if (query.status !== 200 || query.headers.get("access-control-allow-credentials"))
        throw new Error(`a query by GET answers ${query.status}`);
      const mutation = await get(
        'mutation { withdrawRecord(input: { id: "x", reason: "x" }) { userErrors { message } } }',
      );
      if (mutation.status !== 405) throw new Error(`a mutation by GET answers ${mutation.status}`);
    },
  },
  {
    name: "stored HTML in our pages",
    run: async (bench) => {
      const slug = await recordHostile(bench);
      const { json } = await ask(bench.service, "query ($slug: String!) { meeting(slug: $slug) { id } }", { slug });
      await ask(
        bench.service,
        "mutation ($input: CorrectRecordInput!) { correctRecord(input: $input) { userErrors { message } } }",
        { input: { id: json.data.meeting.id, corrections: [{ field: "note", value: script }], reason: script } },
        { authorization: bench.keys.edit },
      );
      let looked = 0;
      for (const path of ["/", "/corrections", "/map", "/playground", "/schema.graphql"]) {
        const page = await request(bench.service, path, { method: "GET", headers: { accept: "text/html" } });
        if (page.status !== 200) continue;
        looked += 1;
        if (/<script>alert\(1\)|<img src=x onerror/.test(page.text)) throw new Error(`${path} shows the script`);
        if (path !== "/schema.graphql" && !page.headers.get("content-security-policy"))
          throw new Error(`${path} has no content security policy`);
      }
      return `${looked} pages`;
    },
  },
  {
    name: "formulas and line breaks in tables and calendars",
    run: async (bench) => {
      await recordHostile(bench);
      const csv = await request(bench.service, "/meetings.csv?from=2024-11-23&to=2024-11-23", { method: "GET" });
      const ics = await request(bench.service, "/meetings.ics?from=2024-11-23&to=2024-11-23", { method: "GET" });
      if (csv.status !== 200 || ics.status !== 200)
        throw new Error(`the exports answer ${csv.status} and ${ics.status}`);
      if (!csv.text.includes("HYPERLINK") || !ics.text.includes("HYPERLINK"))
        throw new Error("the exports do not hold what was recorded");
      if (/(^|,|\r\n|")[=+@-]HYPERLINK/.test(csv.text)) throw new Error("a cell is a formula");
      const begins = ics.text.match(/^BEGIN:VEVENT\r?$/gm)?.length ?? 0;
      const ends = ics.text.match(/^END:VEVENT\r?$/gm)?.length ?? 0;
      if (begins !== ends || begins !== 1) throw new Error(`the calendar has ${begins} beginnings and ${ends} ends`);
    },
  },
  {
    name: "addresses that point inward",
    run: async (bench) => {
      const said = [];
      for (const [index, url] of [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1/",
        "data:text/html,x",
        "https://",
      ].entries()) {
        const input = {
          key: `torture-url-${index}`,
          kind: "NEWS_REPORT",
          title: "Inward",
          publisher: "Wire",
          language: "en",
          publishedOn: "2024-01-01",
          url,
          acknowledge: ["LIKELY_DUPLICATE"],
        };
        const answer = await ask(
          bench.service,
          "mutation ($input: AddDocumentInput!) { addDocument(input: $input) { document { url } userErrors { code path } } }",
          { input },
          { authorization: bench.keys.edit },
        );
        bench.assertWell(answer);
        const taken = answer.json?.data?.addDocument?.document?.url;
        if (taken && !/^https?:/.test(taken)) throw new Error(`${url} is taken`);
        said.push(taken ? "kept" : "refused");
      }
      return said.join();
    },
  },
  {
    name: "a pack that reaches out of its folder",
    run: async (bench) => {
      const folder = bench.folder();
      const secret = join(folder, "secret.txt");
      writeFileSync(secret, "a secret that is nobody's business");
      const pack = join(folder, "pack");
      mkdirSync(pack);
      writeFileSync(
        join(pack, "documents.yaml"),
        `documents:\n  - key: torture-out\n    kind: NEWS_REPORT\n    title: Out\n    publisher: Wire\n    publishedOn: 2024-01-01\n    textFile: ../secret.txt\n    text: !include ../secret.txt\n`,
      );
      const { url } = await bench.database({ empty: true });
      try {
        const printed = sidelines({ DATABASE_URL: url }, "import", pack);
        if (printed.includes("nobody's business")) throw new Error("the pack read the secret");
        throw new Error(`the pack is taken: ${printed.slice(0, 200)}`);
      } catch (error) {
        if (error.status === undefined) throw error;
        if (`${error.stdout}${error.stderr}`.includes("nobody's business"))
          throw new Error("the fault tells the secret", { cause: error });
      }
    },
  },
];
