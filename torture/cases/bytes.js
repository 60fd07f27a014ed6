// Answers of few objects and many bytes.
import { acts } from "../acts.js";
import { ask } from "../service.js";

const most = 8_000_000;

export const cases = [
  {
    name: "240 kB of text under fifteen aliases: at most 8 MB, or a limit that says how to page",
    run: async (bench) => {
      const text = "The ministers met. ".repeat(12_600);
      const { done, faults } = await acts(bench.keys.edit).addDocument(bench.service, "torture-bytes", { text });
      if (!done) throw new Error(`the text is not taken: ${faults.join()}`);
      const aliases = Array.from(
        { length: 15 },
        (_, index) => `d${index}: document(key: "torture-bytes") { a: text b: text c: text }`,
      );
      const answer = await ask(bench.service, `{ ${aliases.join(" ")} }`);
      bench.assertWell(answer, { withinMs: 5_000 * bench.patience });
      if (answer.text.length > most * 1.1) throw new Error(`${answer.text.length} characters come back`);
      return `${answer.text.length.toLocaleString("en")} characters, ${answer.codes.join() || "answered"}`;
    },
  },
  {
    name: "unknown names by the thousand: the report of them is bounded",
    run: async (bench) => {
      const fields = Array.from(
        { length: 15 },
        (_, index) =>
          `m${index}: meetings(filter: { parties: ["${Array.from({ length: 90 }, (_one, n) => `Q${index}N${n}`).join('", "')}"] }) { totalCount }`,
      );
      const answer = await ask(bench.service, `{ ${fields.join(" ")} }`);
      bench.assertWell(answer, { withinMs: 5_000 * bench.patience });
      if (answer.text.length > 100_000) throw new Error(`${answer.text.length} characters come back`);
    },
  },
];
