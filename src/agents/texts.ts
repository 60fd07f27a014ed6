import * as operations from "../generated/agents.js";

/** The texts of the operations of all tools. */
export const agentOperationTexts: readonly string[] = Object.values(operations).map(({ text }) => text);
