// Acts that are sent twice, at once, out of date, or cut off: each is done once or not at all, and what was acknowledged stays.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { acts, untilDone } from "../acts.js";
import { ask, askUntilTaken, childrenOf, sidelines, signalAll, startService } from "../service.js";

const source = "torture-writes";

/** An editor of the shared service, with a document that can be cited. */
async function editor(bench, service = bench.service, authorization = bench.keys.edit) {
  const able = acts(authorization);
  const { done, faults, answer } = await able.addDocument(service, source);
  if (!done && !faults.includes("DUPLICATE"))
    throw new Error(`no document could be added: ${answer?.text.slice(0, 300)}`);
  return able;
}

const correction =
  "mutation ($input: CorrectRecordInput!) { correctRecord(input: $input) { record { id } userErrors { code message } } }";

/** Whether a list of errors says that the record was changed meanwhile. */
const isConflict = (errors) => errors.some(({ code, extensions }) => (code ?? extensions?.code) === "CONFLICT");

const total = async (service) => (await ask(service, "{ meetings { totalCount } }")).json.data.meetings.totalCount;

/**
 * Kills the service in the middle of acts, again and again, and looks after each start whether all that was acknowledged
 * is there; what was not is sent again under its key and has to be done once.
 */
async function killAgainAndAgain(bench, { env, rounds, killed }) {
  const random = bench.random(`kills ${Object.keys(env).join()}`);
  sidelines(env, "import", join(bench.root, "seeds/report"));
  const authorization = `Bearer ${bench.key("EDIT", env)}`;
  const able = acts(authorization);
  const acknowledged = new Map();
  const sent = [];
  let service;
  bench.afterwards(() => service?.isAlive() && service.kill());
  let cut = 0;
  for (let round = 0; round < rounds; round++) {
    service = await startService({ ...env, SIDELINES_SEED: "false", LOG_LEVEL: "error" });
    if (round === 0) await able.addDocument(service, source);
    const there = await able.present(service, [...acknowledged.keys()]);
    for (const [slug, id] of acknowledged)
      if (there.get(slug) !== id)
        throw new Error(`round ${round}: ${slug} was acknowledged as ${id} and is ${there.get(slug) ?? "lost"}`);
    // What was cut off is sent again first: once under its key, whatever had become of it.
    for (const slug of sent.filter((slug) => !acknowledged.has(slug))) {
      const again = await untilDone(
        () => able.recordMeeting(service, slug, { source, key: `key ${slug}` }),
        10_000 * bench.patience,
      );
      if (!again.done)
        throw new Error(
          `round ${round}: ${slug}, sent again, answers ${again.answer?.text.slice(0, 300) ?? again.error}`,
        );
      if (there.has(slug) && there.get(slug) !== again.id) throw new Error(`${slug} was done twice`);
      acknowledged.set(slug, again.id);
    }
    const target = service;
    let isOver = false;
    const worker = async (number) => {
      for (let index = 0; !isOver; index++) {
        const slug = `2024-11-24-kill-${round}-${number}-${index}`;
        sent.push(slug);
        const outcome = await able.recordMeeting(target, slug, { source, key: `key ${slug}`, timeoutMs: 5_000 });
        if (outcome.done) acknowledged.set(slug, outcome.id);
        else if (outcome.error) cut += 1;
        if (!target.isAlive()) return;
      }
    };
    const workers = Promise.all(Array.from({ length: 4 }, (_, number) => worker(number)));
    await sleep(random.between(60, 500));
    await killed(target);
    isOver = true;
    await workers;
  }
  service = await startService({ ...env, SIDELINES_SEED: "false", LOG_LEVEL: "error" });
  const there = await able.present(service, sent);
  const lost = [...acknowledged].filter(([slug, id]) => there.get(slug) !== id);
  if (lost.length > 0) throw new Error(`acknowledged and lost: ${lost.map(([slug]) => slug).join()}`);
  for (const slug of sent) await able.recordMeeting(service, slug, { source, key: `key ${slug}` });
  const [distinct, counted] = [new Set(sent).size, (await able.present(service, sent)).size];
  if (distinct !== counted) throw new Error(`${distinct} acts made ${counted} meetings`);
  await service.stop();
  return `${rounds} kills, ${acknowledged.size} acknowledged, ${cut} cut off, none lost, none twice`;
}

export const cases = [
  {
    name: "the same idempotency key twice: one act, one answer",
    run: async (bench) => {
      const able = await editor(bench);
      const first = await able.recordMeeting(bench.service, "2024-11-24-twice", { source, key: "twice" });
      const before = await total(bench.service);
      const second = await able.recordMeeting(bench.service, "2024-11-24-twice", { source, key: "twice" });
      if (!first.done || first.id !== second.id) throw new Error(`${first.answer?.text} and ${second.answer?.text}`);
      if ((await total(bench.service)) !== before) throw new Error("it was done twice");
    },
  },
  {
    name: "the same idempotency key with another body is refused",
    run: async (bench) => {
      const able = await editor(bench);
      await able.recordMeeting(bench.service, "2024-11-24-one-body", { source, key: "bodies" });
      const other = await able.recordMeeting(bench.service, "2024-11-24-other-body", { source, key: "bodies" });
      if (other.done) throw new Error("it was done");
      bench.assertWell(other.answer);
      return other.faults[0] ?? other.answer.codes[0];
    },
  },
  {
    name: "the same idempotency key 50 times at once",
    run: async (bench) => {
      const able = await editor(bench);
      const before = await total(bench.service);
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, () =>
          able.recordMeeting(bench.service, "2024-11-24-fifty", { source, key: "fifty" }),
        ),
      );
      const ids = new Set(outcomes.map(({ id }) => id));
      if (ids.size !== 1 || !outcomes[0].done)
        throw new Error(`${ids.size} answers: ${outcomes.find(({ done }) => !done)?.answer?.text.slice(0, 200)}`);
      if ((await total(bench.service)) !== before + 1) throw new Error("it was not done once");
    },
  },
  {
    name: "50 create the same thing at once: one does",
    run: async (bench) => {
      const able = await editor(bench);
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, () => able.recordMeeting(bench.service, "2024-11-24-same", { source })),
      );
      const done = outcomes.filter((outcome) => outcome.done).length;
      const others = outcomes.filter((outcome) => !outcome.done && !outcome.faults.includes("DUPLICATE"));
      if (done !== 1 || others.length > 0) throw new Error(`${done} done; ${others[0]?.answer?.text.slice(0, 200)}`);
    },
  },
  {
    name: "100 different acts at once, by two services: none is lost",
    seconds: 120,
    run: async (bench) => {
      const able = await editor(bench);
      const second = await bench.serve();
      const slugs = Array.from({ length: 100 }, (_, index) => `2024-11-24-hundred-${index}`);
      const outcomes = await Promise.all(
        slugs.map((slug, index) => able.recordMeeting(index % 2 ? second : bench.service, slug, { source, key: slug })),
      );
      const there = await able.present(second, slugs);
      const failed = outcomes.filter(({ done }) => !done);
      if (failed.length > 0)
        throw new Error(`${failed.length} fail: ${failed[0].answer?.text.slice(0, 200) ?? failed[0].error}`);
      if (there.size !== 100) throw new Error(`${100 - there.size} are lost`);
    },
  },
  {
    name: "100 edits of one record at once, each by the version it saw: none is overwritten unseen",
    seconds: 120,
    run: async (bench) => {
      const able = await editor(bench);
      const { id, done, answer } = await able.recordMeeting(bench.service, "2024-11-24-edited", {
        source,
        key: "edited",
      });
      if (!done) throw new Error(answer?.text.slice(0, 200));
      const read = async () =>
        (
          await ask(
            bench.service,
            "query ($id: ID!) { node(id: $id) { ... on Meeting { version note } } }",
            { id },
            { authorization: bench.keys.edit },
          )
        ).json.data.node;
      const edit = async (index, expectedVersion) => {
        const input = {
          id,
          expectedVersion,
          reason: "Counting.",
          corrections: [{ field: "note", value: `Edit ${index}` }],
          cite: [{ document: source, quote: "The ministers met" }],
        };
        // A slow machine sheds some of a hundred writes at once; each is sent again until it is decided.
        return (await askUntilTaken(bench.service, correction, { input }, { authorization: bench.keys.edit })).json;
      };
      const { version } = await read();
      const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => edit(index, version)));
      const errors = answers.map((json) => json.data?.correctRecord?.userErrors ?? json.errors);
      const passed = errors.filter((list) => list.length === 0).length;
      const conflicts = errors.filter(isConflict).length;
      if (passed !== 1 || conflicts !== 99)
        throw new Error(
          `${passed} done, ${conflicts} conflicts: ${JSON.stringify(errors.find((list) => list.length > 0 && !isConflict(list)) ?? [])?.slice(0, 300)}`,
        );
      const stale = await edit("stale", version);
      if (!JSON.stringify(stale).includes("CONFLICT"))
        throw new Error(`a stale version is taken: ${JSON.stringify(stale).slice(0, 200)}`);
    },
  },
  {
    name: "a client that leaves in the middle: the act is done whole or not at all",
    seconds: 120,
    run: async (bench) => {
      const able = await editor(bench);
      const random = bench.random("leaving");
      const slugs = Array.from({ length: bench.many(40, 12) }, (_, index) => `2024-11-24-left-${index}`);
      for (const slug of slugs)
        await able.recordMeeting(bench.service, slug, {
          source,
          key: slug,
          signal: AbortSignal.timeout(random.between(2, 120)),
        });
      await sleep(500);
      const before = await able.present(bench.service, slugs);
      for (const slug of slugs) {
        const again = await untilDone(
          () => able.recordMeeting(bench.service, slug, { source, key: slug }),
          5_000 * bench.patience,
        );
        if (!again.done) throw new Error(`${slug}, sent again, answers ${again.answer?.text.slice(0, 200)}`);
        if (before.has(slug) && before.get(slug) !== again.id) throw new Error(`${slug} was done twice`);
      }
      return `${before.size} of ${slugs.length} had been done`;
    },
  },
  {
    name: "the service is killed in the middle of acts, over Postgres",
    seconds: 300,
    run: async (bench) => {
      const { url } = await bench.database({ empty: true });
      return killAgainAndAgain(bench, {
        env: { DATABASE_URL: url },
        rounds: bench.many(20, 2),
        killed: (service) => service.kill(),
      });
    },
  },
  {
    name: "the service is killed in the middle of acts, over the embedded database",
    seconds: 600,
    run: (bench) =>
      killAgainAndAgain(bench, {
        env: { SIDELINES_DATA_DIR: join(bench.folder(), "data") },
        rounds: bench.many(10, 1),
        killed: (service) => service.kill(),
      }),
  },
  {
    name: "service and embedded database are killed together in the middle of acts",
    isLong: true,
    seconds: 600,
    run: (bench) =>
      killAgainAndAgain(bench, {
        env: { SIDELINES_DATA_DIR: join(bench.folder(), "data") },
        rounds: 8,
        killed: async (service) => {
          const children = childrenOf(service.child.pid);
          const gone = service.kill();
          signalAll(children, "SIGKILL");
          await gone;
        },
      }),
  },
  {
    name: "the embedded database alone is killed or frozen: it is started again, and nothing acknowledged is lost",
    isLong: true,
    seconds: 300,
    run: async (bench) => {
      const env = { SIDELINES_DATA_DIR: join(bench.folder(), "data"), SIDELINES_SEED: "false" };
      sidelines(env, "import", join(bench.root, "seeds/report"));
      const able = acts(`Bearer ${bench.key("EDIT", env)}`);
      const service = await bench.serve({ DATABASE_URL: undefined, ...env });
      await able.addDocument(service, source);
      const acknowledged = [];
      for (let round = 0; round < 4; round++) {
        const slugs = Array.from({ length: 6 }, (_, index) => `2024-11-24-child-${round}-${index}`);
        const outcomes = Promise.all(slugs.map((slug) => able.recordMeeting(service, slug, { source, key: slug })));
        await sleep(40 * round);
        signalAll(childrenOf(service.child.pid), round === 2 ? "SIGSTOP" : "SIGKILL");
        for (const [index, { done }] of (await outcomes).entries()) if (done) acknowledged.push(slugs[index]);
        for (const slug of slugs) {
          const again = await untilDone(
            () => able.recordMeeting(service, slug, { source, key: slug }),
            60_000 * bench.patience,
          );
          if (!again.done)
            throw new Error(`round ${round}: ${slug} answers ${again.answer?.text.slice(0, 200) ?? again.error}`);
          acknowledged.push(slug);
        }
        const there = await able.present(service, acknowledged);
        const lost = acknowledged.filter((slug) => !there.has(slug));
        if (lost.length > 0) throw new Error(`round ${round}: acknowledged and lost: ${lost.join()}`);
      }
      return "killed three times, frozen once";
    },
  },
];
