import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Pool } from "pg";
import { encodeBase32 } from "../lib/ids.js";
import { CredentialError, UnjudgedError } from "./errors.js";
import { isKnown, scopes, scopesUpTo, type Principal, type Scope } from "./principal.js";

/** Days after which a session ends, and hours after which an unused one does. */
const longestDays = 7;
const idleHours = 12;

/** A browser that is signed in at the desk. */
export interface Session {
  readonly id: string;
  readonly principal: Principal;
  readonly expiresAt: Date;
}

/** A session as its owner sees it in a list. */
export interface SessionFacts {
  readonly id: string;
  readonly agent: string | null;
  readonly createdAt: Date;
  readonly usedAt: Date;
  readonly expiresAt: Date;
}

/** Opens, finds and ends the sessions of browsers. */
export interface Sessions {
  /** Opens a session of a known client. @returns its secret, for the cookie; it is stored as a hash. */
  open(
    principal: Principal,
    agent: string | undefined,
  ): Promise<{ readonly secret: string; readonly session: Session }>;
  /**
   * The session of a secret. It is looked up for every request, so that it ends at once when it is revoked or its key is.
   * @throws CredentialError if it is unknown or has ended; UnjudgedError if it cannot be looked up.
   */
  find(secret: string): Promise<Session>;
  /** The open sessions of a client, latest first; at most 100. */
  list(principal: Principal): Promise<readonly SessionFacts[]>;
  /** Ends a session of a client, or all of them. @returns the number of sessions that ended. */
  end(principal: Principal, id?: string): Promise<number>;
}

const secretForm = /^[a-z2-7]{52}$/;

/** SHA-256 of a secret, in hexadecimal. */
function hashOf(secret: string): string {
  return createHash("sha256").update(secret, "utf8").digest("hex");
}

/** The token that a page of ours must send beside the cookie. It follows from the secret, which no script can read. */
export function pageTokenOf(secret: string): string {
  return createHmac("sha256", secret).update("page token").digest("base64url");
}

/** Whether a token is that of a secret, in constant time. */
export function isPageToken(secret: string, token: string): boolean {
  const [expected, given] = [Buffer.from(pageTokenOf(secret)), Buffer.from(token)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}

interface Row {
  readonly id: string;
  readonly actor: string;
  readonly actorName: string | null;
  readonly scope: Scope;
  readonly expiresAt: Date;
}

const isOpen = `s."endedAt" IS NULL AND s."expiresAt" > now() AND s."usedAt" > now() - interval '${String(idleHours)} hours'
  AND (s."keyId" IS NULL OR (k."revokedAt" IS NULL AND (k."expiresAt" IS NULL OR k."expiresAt" > now())))`;
const from = `FROM "public"."DeskSession" s LEFT JOIN "public"."ApiKey" k ON k."id" = s."keyId"`;

/** The sessions in a database. */
export function createSessions(pool: Pick<Pool, "query">): Sessions {
  const ask = async <R extends object>(statement: string, values: readonly unknown[]): Promise<R[]> => {
    const { rows } = await pool.query<R>(statement, [...values]).catch((error: unknown) => {
      throw new UnjudgedError("sessions cannot be read", { cause: error });
    });
    return rows;
  };
  return {
    async open(principal, agent) {
      if (!isKnown(principal)) throw new CredentialError("A session needs a key or a token.");
      const secret = encodeBase32(randomBytes(33)).slice(0, 52);
      const scope = scopes.findLast((each) => principal.scopes.has(each)) ?? "READ";
      const keyId = /^key:(.+)$/.exec(principal.actor)?.[1] ?? null;
      const id = `ses_${encodeBase32(randomBytes(10))}`;
      const [row] = await ask<Row>(
        `INSERT INTO "public"."DeskSession" ("id", "hash", "keyId", "actor", "actorName", "scope", "agent", "expiresAt")
        VALUES ($1, $2, $3, $4, $5, $6::"public"."Scope", $7, now() + interval '${String(longestDays)} days')
        RETURNING "id", "actor", "actorName", "scope"::text AS "scope", "expiresAt"`,
        [id, hashOf(secret), keyId, principal.actor, principal.name, scope, agent?.slice(0, 300) ?? null],
      );
      // Ended sessions are of no use to anybody after a while.
      await ask(`DELETE FROM "public"."DeskSession" WHERE "expiresAt" < now() - interval '30 days'`, []);
      return { secret, session: sessionOf(row as Row) };
    },
    async find(secret) {
      const [row] = secretForm.test(secret)
        ? await ask<Row & { isStale: boolean }>(
            `SELECT s."id", s."actor", s."actorName", coalesce(k."scope", s."scope")::text AS "scope", s."expiresAt",
              s."usedAt" < now() - interval '1 minute' AS "isStale" ${from} WHERE s."hash" = $1 AND ${isOpen}`,
            [hashOf(secret)],
          )
        : [];
      if (!row) throw new CredentialError("The session has ended. Sign in at the desk again.");
      if (row.isStale) await ask(`UPDATE "public"."DeskSession" SET "usedAt" = now() WHERE "id" = $1`, [row.id]);
      return sessionOf(row);
    },
    list: ({ actor }) =>
      ask<SessionFacts>(
        `SELECT s."id", s."agent", s."createdAt", s."usedAt", s."expiresAt" ${from} WHERE s."actor" = $1 AND ${isOpen}
        ORDER BY s."createdAt" DESC, s."id" LIMIT 100`,
        [actor],
      ),
    async end({ actor }, id) {
      const ended = await ask(
        `UPDATE "public"."DeskSession" SET "endedAt" = now() WHERE "actor" = $1 AND "endedAt" IS NULL AND ($2::text IS NULL OR "id" = $2)
        RETURNING "id"`,
        [actor, id ?? null],
      );
      return ended.length;
    },
  };
}

function sessionOf({ id, actor, actorName, scope, expiresAt }: Row): Session {
  return { id, expiresAt, principal: Object.freeze({ actor, name: actorName, scopes: scopesUpTo(scope) }) };
}
