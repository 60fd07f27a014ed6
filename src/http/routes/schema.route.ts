import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";

/** `/schema.graphql`: the contract as text, for tools that take a file. */
export function schemaRoute(app: FastifyInstance, { text }: { readonly text: string }): void {
  const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  app.get("/schema.graphql", async (request, reply) => {
    void reply.headers({ etag, "cache-control": "no-cache" });
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    return reply.type("text/plain; charset=utf-8").send(text);
  });
}
