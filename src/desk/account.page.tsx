import { useCallback, useEffect, useState } from "react";
import { currentSession, endSession, listSessions, signOut, signOutEverywhere, type OpenSession } from "./api.js";

/** The key of this session, and the browsers that are signed in with it. */
export function AccountPage() {
  const [sessions, setSessions] = useState<readonly OpenSession[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const session = currentSession();
  const load = useCallback(() => {
    listSessions().then(setSessions, (error: unknown) => setProblem((error as Error).message));
  }, []);
  useEffect(load, [load]);
  const run = async (work: () => Promise<void>, isLeaving = false): Promise<void> => {
    try {
      await work();
      if (isLeaving) location.assign("/desk");
      else load();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <div className="account">
      <h1>{session?.name ?? "Account"}</h1>
      <p className="meta">
        <code>{session?.actor}</code> · {session?.scopes.join(", ")}
      </p>
      <p className="actions">
        <button onClick={() => void run(signOut, true)}>Sign out</button>
        <button onClick={() => void run(signOutEverywhere, true)}>Sign out everywhere</button>
      </p>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <h2>Signed in</h2>
      <ul className="sessions">
        {sessions.map(({ id, agent, createdAt, usedAt, isCurrent }) => (
          <li key={id}>
            <p>{agent ?? "Unknown browser"}</p>
            <p className="meta">
              Since {createdAt.slice(0, 16).replace("T", " ")} UTC, last used {usedAt.slice(0, 16).replace("T", " ")}{" "}
              UTC{" "}
              {isCurrent ? (
                <span className="tag">this browser</span>
              ) : (
                <button onClick={() => void run(() => endSession(id))}>Sign out</button>
              )}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
