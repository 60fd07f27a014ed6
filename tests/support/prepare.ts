import { prepareEmbedded } from "./templates.js";
import { preparePostgres } from "./database.js";

/** Makes the databases that tests copy, once for each state of the sources, so that no test waits for them. */
export default async function prepare(): Promise<void> {
  await prepareEmbedded();
  await preparePostgres();
}
