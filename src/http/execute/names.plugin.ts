import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import type { UnknownName } from "../../reading/names.js";

/** The context of resolvers, as far as the plugin needs it. */
export interface NamingContext {
  /** Names in the arguments of what has been read that the record does not have. */
  readonly unknownNames: () => readonly UnknownName[];
}

/** Reports unknown names in arguments in the extensions of a response. */
export function namesPlugin<C extends BaseContext>(namesFrom: (context: C) => NamingContext): ApolloServerPlugin<C> {
  return {
    requestDidStart: async () => ({
      async willSendResponse({ contextValue, response: { body } }) {
        if (body.kind !== "single") return;
        const extension = namesExtension(namesFrom(contextValue));
        if (extension) body.singleResult.extensions = { ...body.singleResult.extensions, ...extension };
      },
    }),
  };
}

/** Unknown names that one response lists; the others are counted. */
const MAX_LISTED = 20;

/** The extension that lists unknown names. */
interface NamesExtension {
  readonly unknownNames: readonly object[];
  readonly omittedUnknownNames?: number;
}

/**
 * Lists unknown names in arguments, because a list that is empty for a misspelt name looks like that of a person without
 * meetings. Undefined if there are none.
 */
export function namesExtension({ unknownNames }: NamingContext): NamesExtension | undefined {
  const names = unknownNames();
  if (names.length === 0) return undefined;
  const omitted = names.length - MAX_LISTED;
  return {
    unknownNames: names.slice(0, MAX_LISTED).map(({ field, asked: _asked, ...told }) => ({ path: [field], ...told })),
    ...(omitted > 0 && { omittedUnknownNames: omitted }),
  };
}
