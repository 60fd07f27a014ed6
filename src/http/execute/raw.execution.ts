import type { BaseContext } from "@apollo/server";
import { shownCost } from "../plan/cost.plugin.js";
import type { PreparedOperations } from "../plan/prepared.operations.js";
import { QUERY_TIMEOUT_MS, type ServerParts } from "../server.parts.js";
import type { RawExecution } from "./execute.js";
import { namesExtension } from "./names.plugin.js";
import { rawJsonOf } from "./raw.json.plugin.js";

/** Executes prepared operations as raw JSON; undefined if contexts do not offer it. */
export function createRawExecution<C extends BaseContext>(
  { answersFrom, namesFrom, config }: Pick<ServerParts<C>, "answersFrom" | "namesFrom" | "config">,
  prepared: PreparedOperations | undefined,
): RawExecution<C> | undefined {
  if (!answersFrom || !prepared) return undefined;
  const { queryTimeoutMs = QUERY_TIMEOUT_MS, maxCost } = config.limits;
  return {
    find: (body) => prepared.find(body),
    async execute({ operation, fields, amount }, context, resolverContext) {
      if (operation.name) context.logFields.operation = operation.name.value;
      context.logFields.kind = "query";
      context.limitTime("queryTimeoutMs", queryTimeoutMs);
      const resolvers = await resolverContext();
      const data = await rawJsonOf(fields, answersFrom(resolvers));
      if (data === undefined) return undefined;
      const extensions = JSON.stringify({
        ...(namesFrom && namesExtension(namesFrom(resolvers))),
        ...(config.showCost && { cost: shownCost(amount, maxCost) }),
      });
      return extensions === "{}" ? `{"data":${data}}\n` : `{"data":${data},"extensions":${extensions}}\n`;
    },
  };
}
