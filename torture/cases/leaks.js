// What errors and logs must not say.
import { setTimeout as sleep } from "node:timers/promises";
import { printSchema } from "graphql";
import pg from "pg";
import { ask } from "../service.js";
import { assertNoLeak } from "../run.js";

async function withClient(url, act) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/** Whether a log tells of something, which comes through a pipe of its own and perhaps after the answer. */
async function logTells(service, what) {
  for (let turn = 0; turn < 40 && !service.log().includes(what); turn += 1) await sleep(50);
  return service.log().includes(what);
}

const masked = (answer, codes) => {
  assertNoLeak(answer);
  if (!codes.some((code) => answer.codes.includes(code)))
    throw new Error(`answers ${answer.codes.join() || answer.text.slice(0, 200)}`);
};

export const cases = [
  {
    name: "a statement that fails: no SQL, and an id that the log has too",
    run: async (bench) => {
      const { url } = await bench.database();
      const service = await bench.serve({ DATABASE_URL: url });
      await withClient(url, (client) => client.query('ALTER TABLE "Milestone" RENAME TO "Elsewhere"'));
      const answer = await ask(service, "{ milestones(first: 1) { nodes { label } } }");
      masked(answer, ["INTERNAL_SERVER_ERROR"]);
      const { id } = answer.json.errors[0].extensions;
      if (!id || !(await logTells(service, id))) throw new Error(`the log says nothing of ${id}`);
    },
  },
  {
    name: "a constraint of the database that an act breaks",
    run: async (bench) => {
      const { url } = await bench.database();
      const authorization = `Bearer ${bench.key("EDIT", { DATABASE_URL: url })}`;
      const service = await bench.serve({ DATABASE_URL: url });
      await withClient(url, (client) =>
        client.query(`ALTER TABLE "Document" ADD CONSTRAINT "secret_rule" CHECK ("title" <> 'forbidden title')`),
      );
      const input = {
        key: "torture-leak",
        kind: "NEWS_REPORT",
        title: "forbidden title",
        publisher: "Wire",
        language: "en",
        publishedOn: "2024-01-01",
      };
      const answer = await ask(
        service,
        "mutation ($input: AddDocumentInput!) { addDocument(input: $input) { document { id } userErrors { code message } } }",
        { input },
        { authorization },
      );
      assertNoLeak(answer);
      if (/secret_rule|CHECK|violates/.test(answer.text))
        throw new Error(`tells the constraint: ${answer.text.slice(0, 200)}`);
      if (answer.json?.data?.addDocument?.document) throw new Error("the document is added");
      const code = answer.json?.data?.addDocument?.userErrors?.[0]?.code ?? answer.codes[0];
      if (!["REFUSED", "INTERNAL_SERVER_ERROR"].includes(code))
        throw new Error(`the constraint was not come to: ${answer.text.slice(0, 200)}`);
      return code;
    },
  },
  {
    name: "names that are nearly right: only names of the public contract are suggested",
    run: async (bench) => {
      const contract = printSchema(bench.schema);
      for (const query of [
        "{ meetngs { totalCount } }",
        "{ meetings(frist: 1) { totalCount } }",
        "{ meetings { nodes { titel } } }",
        "{ meetings(filter: { kind: BILATERL }) { totalCount } }",
        "query ($f: MeetingFiltr) { meetings(filter: $f) { totalCount } }",
      ]) {
        const answer = await bench.attack(query, { codes: ["GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"] });
        for (const { message } of answer.json?.errors ?? [])
          for (const [, name] of (/did you mean (.*)$/i.exec(message)?.[1] ?? "").matchAll(/"(\w+)"/g))
            if (!contract.includes(name)) throw new Error(`suggests: ${answer.text.slice(0, 200)}`);
      }
    },
  },
  {
    name: "credentials and variables stay out of the log",
    run: async (bench) => {
      const service = await bench.serve({ LOG_LEVEL: "trace" });
      const secret = "zanzibar-secret-value";
      await ask(
        service,
        "query ($slug: String!) { meeting(slug: $slug) { id } }",
        { slug: secret },
        { authorization: bench.keys.read },
      );
      await ask(
        service,
        "query ($slug: String!) { meeting(slug: $slug) { nothing } }",
        { slug: secret },
        { authorization: "Bearer wrong-but-private" },
      );
      await ask(
        service,
        "query ($slug: Int!) { meeting(slug: $slug) { id } }",
        { slug: secret },
        { headers: { cookie: "session=very-private" } },
      );
      // Lines come in their order through one pipe: what comes after all of this was asked comes after what was said of it.
      await ask(service, "query AfterAll { __typename }");
      if (!(await logTells(service, '"operation":"AfterAll"')))
        throw new Error("the log does not tell of what was asked");
      const log = service.log();
      for (const word of [secret, bench.keys.read.slice(7), "wrong-but-private", "very-private"])
        if (log.includes(word)) throw new Error(`the log says ${word.slice(0, 12)}…`);
    },
  },
  {
    name: "no header says what the service is made of",
    run: async (bench) => {
      const answer = await ask(bench.service, "{ __typename }");
      const telling = ["server", "x-powered-by", "via"].filter((name) => answer.headers.has(name));
      if (telling.length > 0) throw new Error(telling.join());
    },
  },
];
