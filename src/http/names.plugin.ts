import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import type { UnknownName } from "../reading/names.js";

/** What the plugin needs of a request's context. */
export interface NamingContext {
  /** The names in the arguments of what has been read by which the record holds nothing. */
  readonly unknownNames: () => readonly UnknownName[];
}

/** Has answers say which names in arguments the record holds nothing by. */
export function namesPlugin<C extends BaseContext>(namesFrom: (context: C) => NamingContext): ApolloServerPlugin<C> {
  return {
    requestDidStart: async () => ({
      async willSendResponse({ contextValue, response: { body } }) {
        if (body.kind !== "single") return;
        const told = toldNames(namesFrom(contextValue));
        if (told) body.singleResult.extensions = { ...body.singleResult.extensions, ...told };
      },
    }),
  };
}

/** How many unknown names one answer tells of; of the rest it says how many there are. */
const mostTold = 20;

/**
 * What an answer says in its extensions of names in arguments by which the record holds nothing: a list that is empty for a
 * misspelt name looks like that of somebody who never met anybody. Nothing where there are none.
 */
export function toldNames({ unknownNames }: NamingContext): { readonly unknownNames: readonly object[]; readonly omittedUnknownNames?: number } | undefined {
  const names = unknownNames();
  if (names.length === 0) return undefined;
  const omitted = names.length - mostTold;
  return {
    unknownNames: names.slice(0, mostTold).map(({ field, asked: _asked, ...told }) => ({ path: [field], ...told })),
    ...(omitted > 0 && { omittedUnknownNames: omitted }),
  };
}
