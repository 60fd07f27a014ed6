// Acts of an editor that can be sent again, and what became of them.
import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "./service.js";

const add =
  "mutation ($input: AddDocumentInput!) { addDocument(input: $input) { document { id } userErrors { code message path } } }";
const record =
  "mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id slug } userErrors { code message path } } }";

/** What became of an act: whether it was acknowledged, with which id, which faults, and the answer if one came. */
function outcomeOf(answer, payload, object) {
  const said = answer.json?.data?.[payload];
  return {
    done: Boolean(said?.[object]),
    id: said?.[object]?.id,
    faults: (said?.userErrors ?? []).map(({ code }) => code),
    answer,
  };
}

/** @param authorization the header of an editor. */
export function acts(authorization) {
  const send = async (service, query, input, payload, object, options) => {
    try {
      // Inputs are alike on purpose.
      const alike = { acknowledge: ["LIKELY_DUPLICATE"], ...input };
      return outcomeOf(await ask(service, query, { input: alike }, { authorization, ...options }), payload, object);
    } catch (error) {
      return { done: false, faults: [], answer: undefined, error };
    }
  };
  return {
    /** Adds a document; `text` is what meetings cite of it. */
    addDocument: (
      service,
      key,
      { text = "The ministers met.", idempotencyKey, title = `Document ${key}`, ...options } = {},
    ) =>
      send(
        service,
        add,
        {
          key,
          kind: "NEWS_REPORT",
          title,
          publisher: "The Wire",
          language: "en",
          publishedOn: "2024-11-22",
          text,
          ...(idempotencyKey && { idempotencyKey }),
        },
        "addDocument",
        "document",
        options,
      ),
    /** Records a meeting by what a document says. `key` is the idempotency key. */
    recordMeeting: (service, slug, { source, key, title = `Meeting ${slug}`, ...options }) =>
      send(
        service,
        record,
        {
          slug,
          title,
          kind: "BILATERAL",
          on: "2024-11-24",
          cite: [{ document: source, quote: "The ministers met" }],
          ...(key && { idempotencyKey: key }),
        },
        "recordMeeting",
        "meeting",
        options,
      ),
    /** Which of some meetings the record holds, with their ids. */
    async present(service, slugs) {
      const there = new Map();
      for (let from = 0; from < slugs.length; from += 10) {
        const part = slugs.slice(from, from + 10);
        const read = () =>
          ask(
            service,
            `query (${part.map((_, index) => `$s${index}: String!`).join(", ")}) { ${part.map((_, index) => `m${index}: meeting(slug: $s${index}) { id slug }`).join(" ")} }`,
            Object.fromEntries(part.map((slug, index) => [`s${index}`, slug])),
          );
        let answer = await read();
        // A service on a busy machine sheds load, and says when to try again.
        for (let left = 30; answer.status === 503 && left > 0; left -= 1) {
          await sleep(1_000);
          answer = await read();
        }
        if (!answer.json?.data) throw new Error(`the record cannot be read: ${answer.text.slice(0, 200)}`);
        for (const meeting of Object.values(answer.json.data)) if (meeting) there.set(meeting.slug, meeting.id);
      }
      return there;
    },
  };
}

/** Does something again until it comes to an end that says so, within a time. */
export async function untilDone(act, withinMs) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const outcome = await act();
    if (outcome.done || Date.now() > deadline) return outcome;
    await sleep(50);
  }
}
