import { Worker } from "node:worker_threads";
import { docxText } from "./docx.js";
import { TextError } from "./errors.js";
import type { ExtractedText, TextLimits } from "./extracted.js";
import { htmlText } from "./html.js";
import type { FileKind } from "./kinds.js";
import { mailText } from "./mail.js";
import { pdfText } from "./pdf.js";

/** A file that the parent sends once. */
export interface ChildOrder {
  readonly kind: Exclude<FileKind, "plain">;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly limits: TextLimits;
  /** Resident memory in bytes at which this process ends itself. */
  readonly memoryBytes: number;
}

export type ChildAnswer =
  { readonly type: "text"; readonly text: ExtractedText } | { readonly type: "refused"; readonly message: string };

// Source of a thread that looks at the memory of the process while the parser has the main one. The limits of V8 count no
// buffers, which hold what is unpacked.
const otherThread = `
const { workerData: { memoryBytes } } = require("node:worker_threads");
setInterval(() => {
  if (process.memoryUsage.rss() > memoryBytes) process.kill(process.pid, "SIGKILL");
}, 20);
`;

process.once("message", (order: ChildOrder) => {
  const watch = new Worker(otherThread, {
    eval: true,
    execArgv: [],
    workerData: { memoryBytes: order.memoryBytes },
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 },
  });
  watch.unref();
  void read(order)
    .then(
      (text): ChildAnswer => ({ type: "text", text }),
      (error: unknown): ChildAnswer => ({
        type: "refused",
        message:
          error instanceof TextError
            ? error.message
            : `"${order.name}" is damaged and cannot be read. Save it again, or copy its text and paste it.`,
      }),
    )
    .then((answer) => process.send?.(answer, () => process.exit(0)));
});

async function read({ kind, name, bytes, limits }: ChildOrder): Promise<ExtractedText> {
  switch (kind) {
    case "html":
      return htmlText(bytes, name);
    case "pdf":
      return pdfText(bytes, name, limits);
    case "docx":
      return docxText(bytes, name, limits);
    case "mail":
      return mailText(bytes, name);
  }
}
