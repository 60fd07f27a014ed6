import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Pool } from "pg";
import type { PrismaClient } from "../generated/prisma/client.js";
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

/** The facts about an account of a provider by which its session is allowed. They are judged for every request. */
export interface Grant {
  /** The provider's `id` in the settings. */
  readonly provider: string;
  readonly subject: string;
  /** Values of the role claim at sign-in. */
  readonly roles: readonly string[];
}

/** The scope of an account by the present settings; null if it may not edit, or its provider is not set any more. */
export type ScopeOf = (grant: Grant, actor: string) => Scope | null;

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
  /**
   * Opens a session of a known client.
   * @param grant The account, if a provider vouches for it.
   * @returns its secret, for the cookie; it is stored as a hash.
   */
  open(
    principal: Principal,
    agent: string | undefined,
    grant?: Grant,
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

/** The form of the secrets of cookies: 260 random bits. */
export const secretForm = /^[a-z2-7]{52}$/;

export function newSecret(): string {
  return encodeBase32(randomBytes(33)).slice(0, 52);
}

/** SHA-256 of a secret, in hexadecimal. */
export function hashOf(secret: string): string {
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
  readonly provider: string | null;
  readonly subject: string | null;
  readonly roles: readonly string[];
}

const isOpen = `s."endedAt" IS NULL AND s."expiresAt" > now() AND s."usedAt" > now() - interval '${String(idleHours)} hours'
  AND (s."keyId" IS NULL OR (k."revokedAt" IS NULL AND (k."expiresAt" IS NULL OR k."expiresAt" > now())))`;
const from = `FROM "public"."DeskSession" s LEFT JOIN "public"."ApiKey" k ON k."id" = s."keyId"`;

/**
 * The sessions in a database.
 * @param scopeOf judges the accounts of providers; without it their sessions are not accepted.
 */
export function createSessions(pool: Pick<Pool, "query">, scopeOf: ScopeOf = () => null): Sessions {
  const ask = async <R extends object>(statement: string, values: readonly unknown[]): Promise<R[]> => {
    const { rows } = await pool.query<R>(statement, [...values]).catch((error: unknown) => {
      throw new UnjudgedError("sessions cannot be read", { cause: error });
    });
    return rows;
  };
  return {
    async open(principal, agent, grant) {
      if (!isKnown(principal)) throw new CredentialError("A session needs a key or a token.");
      const secret = newSecret();
      const scope = scopes.findLast((each) => principal.scopes.has(each)) ?? "READ";
      const keyId = /^key:(.+)$/.exec(principal.actor)?.[1] ?? null;
      const id = `ses_${encodeBase32(randomBytes(10))}`;
      const [row] = await ask<Omit<Row, keyof Grant>>(
        `INSERT INTO "public"."DeskSession" ("id", "hash", "keyId", "actor", "actorName", "scope", "agent", "provider",
          "subject", "roles", "expiresAt")
        VALUES ($1, $2, $3, $4, $5, $6::"public"."Scope", $7, $8, $9, $10, now() + interval '${String(longestDays)} days')
        RETURNING "id", "actor", "actorName", "scope"::text AS "scope", "expiresAt"`,
        [
          id,
          hashOf(secret),
          keyId,
          principal.actor,
          principal.name,
          scope,
          agent?.slice(0, 300) ?? null,
          grant?.provider ?? null,
          grant?.subject ?? null,
          grant?.roles ?? [],
        ],
      );
      // Ended sessions are of no use to anybody after a while.
      await ask(`DELETE FROM "public"."DeskSession" WHERE "expiresAt" < now() - interval '30 days'`, []);
      return { secret, session: sessionOf(row as Omit<Row, keyof Grant>) };
    },
    async find(secret) {
      const [row] = secretForm.test(secret)
        ? await ask<Row & { isStale: boolean }>(
            `SELECT s."id", s."actor", s."actorName", coalesce(k."scope", s."scope")::text AS "scope", s."expiresAt",
              s."provider", s."subject", s."roles", s."usedAt" < now() - interval '1 minute' AS "isStale" ${from} WHERE s."hash" = $1 AND ${isOpen}`,
            [hashOf(secret)],
          )
        : [];
      if (!row) throw new CredentialError("The session has ended. Sign in at the desk again.");
      const scope = currentScope(row, scopeOf);
      if (scope === null) throw new CredentialError("Your account may not edit here any more. Ask an administrator.");
      if (row.isStale) await ask(`UPDATE "public"."DeskSession" SET "usedAt" = now() WHERE "id" = $1`, [row.id]);
      return sessionOf({ ...row, scope });
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

/** The scope of a session: that of its account by the present settings, or that of its key. */
function currentScope({ provider, subject, roles, actor, scope }: Row, scopeOf: ScopeOf): Scope | null {
  return provider === null || subject === null ? scope : scopeOf({ provider, subject, roles }, actor);
}

/** An open session as the administrator of a service sees it. */
export interface OpenSession extends SessionFacts {
  readonly actor: string;
  readonly actorName: string | null;
}

/** The sessions of all editors that are open, latest first. */
export async function listOpenSessions(pool: Pick<Pool, "query">): Promise<OpenSession[]> {
  const { rows } = await pool.query<OpenSession>(
    `SELECT s."id", s."actor", s."actorName", s."agent", s."createdAt", s."usedAt", s."expiresAt" ${from}
    WHERE ${isOpen} ORDER BY s."createdAt" DESC, s."id"`,
  );
  return rows;
}

/**
 * Ends sessions in every running service.
 * @param which The id of one, or the actor whose sessions end.
 * @returns The number of sessions that ended.
 */
export async function endSessions(prisma: Pick<PrismaClient, "deskSession">, which: string): Promise<number> {
  const where = { endedAt: null, OR: [{ id: which }, { actor: which }] };
  return (await prisma.deskSession.updateMany({ where, data: { endedAt: new Date() } })).count;
}

function sessionOf({ id, actor, actorName, scope, expiresAt }: Omit<Row, keyof Grant>): Session {
  return { id, expiresAt, principal: Object.freeze({ actor, name: actorName, scopes: scopesUpTo(scope) }) };
}
