import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import type { GraphQLError } from "graphql";
import type { Guard } from "../../access/guard.js";
import { anonymous } from "../../access/principal.js";
import { fragmentsOf } from "../../reading/operation.js";
import { challengeFor } from "./authenticate.js";
import { contextOf } from "../execute/request.context.js";

/** Refuses operations that need more permissions than their credential has, before they are executed. */
export function accessPlugin(guard: Guard): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request }) => {
        const principal = contextOf(request.http)?.principal ?? anonymous;
        if (operation) guard.check({ operation, fragments: () => Object.values(fragmentsOf(document)) }, principal);
      },
      willSendResponse: async ({ errors, response }) => {
        const challenge = errors?.map(challengeOf).find((each) => each !== undefined);
        if (challenge !== undefined) response.http.headers.set("www-authenticate", challenge);
      },
    }),
  };
}

function challengeOf({ extensions }: GraphQLError): string | undefined {
  const { code, requires } = extensions as { code?: unknown; requires?: string };
  if (code === "UNAUTHENTICATED") return challengeFor(undefined, requires);
  return code === "FORBIDDEN" ? challengeFor("insufficient_scope", requires) : undefined;
}
