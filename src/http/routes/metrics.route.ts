import type { FastifyInstance } from "fastify";
import type { Clients } from "../limit/clients.js";
import type { Metrics } from "../metrics.js";

/**
 * `/metrics` in the format of Prometheus. Metrics reveal the usage of the service, so that by default only clients on
 * this machine get them; for others, the route does not exist.
 */
export function metricsRoute(
  app: FastifyInstance,
  {
    metrics,
    clients,
    isOpen,
  }: { readonly metrics: Metrics; readonly clients: Pick<Clients, "isLocal">; readonly isOpen: boolean },
): void {
  app.get("/metrics", async (request, reply) => {
    if (!isOpen && !clients.isLocal(request.raw)) return reply.callNotFound();
    return reply
      .header("cache-control", "no-store")
      .type(metrics.contentType)
      .send(await metrics.text());
  });
}
