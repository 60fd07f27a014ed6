import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "../../lib/log.js";
import { createErrorFormatter } from "./errors.mask.js";

/** Answers for an error outside of the pipelines, in the shape of GraphQL's errors. */
export async function answerFault(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { statusCode, message } = error;
  if (statusCode !== undefined && statusCode < 500) {
    return reply.code(statusCode).send({ errors: [{ message, extensions: { code: "BAD_REQUEST" } }] });
  }
  const formatted = createErrorFormatter(request.log as Logger)({ message: "" }, error);
  return reply.code(500).send({ errors: [{ message: formatted.message, extensions: formatted.extensions }] });
}
