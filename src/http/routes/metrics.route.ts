import type { FastifyInstance } from "fastify";
import type { Clients } from "../limit/clients.js";
import type { Metrics } from "../metrics.js";

/**
 * `/metrics`: what the service counts, in the form of Prometheus. It says how the service is used, so that by default it
 * is told to programs of this machine alone; to others it is not there.
 */
export function metricsRoute(app: FastifyInstance, { metrics, clients, isOpen }: { readonly metrics: Metrics; readonly clients: Pick<Clients, "isLocal">; readonly isOpen: boolean }): void {
  app.get("/metrics", async (request, reply) => {
    if (!isOpen && !clients.isLocal(request.raw)) return reply.callNotFound();
    return reply.header("cache-control", "no-store").type(metrics.contentType).send(await metrics.text());
  });
}
