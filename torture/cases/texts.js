// Long stored texts: searching and quoting them.
import { acts } from "../acts.js";
import { ask } from "../service.js";

const search =
  "query ($words: String!) { search(query: $words, first: 20) { nodes { snippet match { ... on Document { key } } } } }";

export const cases = [
  {
    name: "search over texts of 220 kB: snippets within their time",
    seconds: 120,
    run: async (bench) => {
      const editor = acts(bench.keys.edit);
      const text = `${"Sidelined ministers met and parted. ".repeat(6_200)} Quokkas were seen.`;
      for (let index = 0; index < bench.many(12, 3); index += 1) {
        const { done, faults } = await editor.addDocument(bench.service, `torture-text-${index}`, {
          text: `${text} ${index}`,
        });
        if (!done) throw new Error(`the text is not taken: ${faults.join()}`);
      }
      for (const words of ["ministers met", "quokkas"]) {
        const answer = await ask(bench.service, search, { words });
        bench.assertWell(answer, { withinMs: 3_000 * bench.patience });
      }
    },
  },
];
