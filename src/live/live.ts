import type { Pool } from "pg";
import { inputError } from "../lib/errors.js";
import type { Logger } from "../lib/log.js";
import type { RecordedAct, RecordFeed, FeedPosition } from "./feed.js";
import { follow, type StreamEvent } from "./follow.js";
import { findTopics, type FollowedRecord, type TopicArguments } from "./topics.js";

/** The arguments of a subscription to the record. */
export type FollowArguments = TopicArguments & { readonly after?: string | null | undefined };

/** The client of a subscription. */
export interface Follower {
  /** The last event that a reconnecting client has seen, from its header. It overrides the argument. */
  readonly lastEventId?: string | undefined;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Reads the payload of an event. `chosen` null stands for all changes of the mutation. */
  readonly read: (act: RecordedAct, chosen: readonly number[] | null) => Promise<unknown>;
}

/** Follows the record for one client; made by `createFollow`. */
export type Follow = (args: FollowArguments, follower: Follower) => Promise<AsyncGenerator<StreamEvent, void, void>>;

const eventId = /^act_[a-z2-7]{16}$/;

/**
 * Makes the function that follows the record. It throws a GraphQLError with the code BAD_USER_INPUT for an unknown name,
 * and for an invalid or unknown event id.
 */
export function createFollow(pool: Pick<Pool, "query">, feed: RecordFeed, records: readonly FollowedRecord[]): Follow {
  async function beginning(after: string | undefined, argument: string): Promise<FeedPosition> {
    if (after === undefined) return feed.latest();
    const place = eventId.test(after) ? await feed.placeOf(after) : undefined;
    if (place) return place;
    const problem = eventId.test(after)
      ? `the record has no event ${after}. It may have been replaced, for example by a restored backup: read the data again, and subscribe without an event id.`
      : `must be the id of an event, such as act_abcdefghij234567, but is ${JSON.stringify(after.slice(0, 100))}.`;
    throw inputError({ argument, problem });
  }

  return async (args, { lastEventId, ...follower }) => {
    const after = lastEventId ?? args.after ?? undefined;
    // The position is read first, so that no merge or withdrawal is missed.
    const from = await beginning(after, lastEventId === undefined ? "after" : "Last-Event-ID");
    const topics = await findTopics(pool, records, args, after !== undefined);
    return follow({ feed, topics, from, ...follower });
  };
}
