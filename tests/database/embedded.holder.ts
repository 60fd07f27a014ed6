import { openEmbedded } from "../../src/database/embedded/open.js";

// Opens the embedded database of a folder, says so and goes on until it is ended.
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
await openEmbedded({ dataDir: process.argv[2], log: quiet });
process.send?.("open");
