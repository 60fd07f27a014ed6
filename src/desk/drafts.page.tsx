import { useCallback, useEffect, useId, useState } from "react";
import { discardDrafted, drafts, publishDrafted, type DraftsQuery } from "../generated/desk.js";
import { ask, currentSession } from "./api.js";
import { Obstacle, obstacleTo } from "./publishing.js";
import { Link } from "./router.js";

const kinds = [
  "Meeting",
  "Visit",
  "Agreement",
  "Activity",
  "Statement",
  "Person",
  "Office",
  "Forum",
  "Document",
  "Participant",
  "StatusReport",
];

/** Everything unpublished, by kind, by whom and since when. */
export function DraftsPage() {
  const [found, setFound] = useState<DraftsQuery["drafts"] | null>(null);
  const [requiresReview, setRequiresReview] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState<{ recordType?: string; actor?: string; since?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();
  const load = useCallback(() => {
    ask(drafts, filter).then(
      (answer) => {
        setFound(answer.drafts);
        setRequiresReview(answer.service.requiresReview);
      },
      (error: unknown) => setProblem((error as Error).message),
    );
  }, [filter]);
  useEffect(load, [load]);
  const act = async (isPublished: boolean): Promise<void> => {
    setProblem(null);
    try {
      const input = { ids: [...chosen] };
      const errors = isPublished
        ? (await ask(publishDrafted, { input })).publishDrafts?.userErrors
        : (await ask(discardDrafted, { input })).discardDrafts?.userErrors;
      setProblem(errors?.map(({ message }) => message).join(" ") || null);
      if (!errors?.length) setChosen(new Set());
      load();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const obstacle = obstacleTo(requiresReview);
  const choose = (one: string, isChosen: boolean): void =>
    setChosen((before) => new Set(isChosen ? [...before, one] : [...before].filter((other) => other !== one)));
  return (
    <div className="drafts">
      <h1>Drafts</h1>
      <div className="filters">
        <div className="field">
          <label htmlFor={`${id}-kind`}>Kind</label>
          <select
            id={`${id}-kind`}
            onChange={({ target }) =>
              setFilter(({ recordType: _kind, ...rest }) =>
                target.value ? { ...rest, recordType: target.value } : rest,
              )
            }
          >
            <option value="">All</option>
            {kinds.map((kind) => (
              <option key={kind}>{kind}</option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-since`}>Since</label>
          <input
            id={`${id}-since`}
            type="date"
            onChange={({ target }) =>
              setFilter(({ since: _since, ...rest }) =>
                target.value ? { ...rest, since: `${target.value}T00:00:00Z` } : rest,
              )
            }
          />
        </div>
        <div className="field check">
          <input
            id={`${id}-mine`}
            type="checkbox"
            onChange={({ target }) =>
              setFilter(({ actor: _actor, ...rest }) =>
                target.checked ? { ...rest, actor: currentSession()?.actor ?? "" } : rest,
              )
            }
          />
          <label htmlFor={`${id}-mine`}>Only mine</label>
        </div>
      </div>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {found?.nodes.length === 0 && <p className="empty">Nothing is drafted. Reports stored as drafts appear here.</p>}
      <ul className="draft-list">
        {found?.nodes.map((draft) => (
          <li key={draft.id}>
            <input
              type="checkbox"
              aria-label={`Choose ${draft.title}`}
              checked={chosen.has(draft.id)}
              onChange={({ target }) => choose(draft.id, target.checked)}
            />
            <span className="kind">{draft.recordType}</span>
            <Link to={`/desk/records/${draft.id}`}>{draft.title}</Link>
            <span className="meta">
              {draft.actor}, {draft.at.slice(0, 10)}
            </span>
          </li>
        ))}
      </ul>
      {found && found.nodes.length > 0 && (
        <div className="actions">
          <button onClick={() => setChosen(new Set(found.nodes.map((draft) => draft.id)))}>Choose all</button>
          <button
            className="primary"
            disabled={chosen.size === 0 || obstacle !== null}
            aria-describedby={obstacle === null ? undefined : `${id}-obstacle`}
            onClick={() => void act(true)}
          >
            Publish {chosen.size}
          </button>
          <button className="danger" disabled={chosen.size === 0} onClick={() => void act(false)}>
            Discard {chosen.size}
          </button>
          <Obstacle id={`${id}-obstacle`} reason={obstacle} />
        </div>
      )}
    </div>
  );
}
