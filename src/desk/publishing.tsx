import { currentSession } from "./api.js";

/**
 * The reason why this editor cannot publish; null if the scope allows it. Own decisions are judged by the service.
 * @param requiresReview Whether the service asks for two pairs of eyes.
 */
export function obstacleTo(requiresReview: boolean): string | null {
  const mayPublish = !requiresReview || currentSession()?.scopes.includes("PUBLISH") === true;
  return mayPublish ? null : "Publishing needs the scope PUBLISH on this service. Ask an editor who has it.";
}

/** The reason beside a button that is disabled by it. */
export function Obstacle({ id, reason }: { readonly id: string; readonly reason: string | null }) {
  return (
    reason !== null && (
      <p className="meta obstacle" id={id}>
        {reason}
      </p>
    )
  );
}
