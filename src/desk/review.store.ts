import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { decide, reportToReview, publish } from "../generated/desk.js";
import { ask, DeskError, onSession, type UserError } from "./api.js";
import { describe, givenValues, kindLabels, type Proposal, type Report, type Values } from "./report.js";

/** A decision of this editor. */
export interface Decision {
  readonly number: number;
  readonly decision: Proposal["decision"];
  readonly values?: Partial<Values>;
  readonly quote?: string;
  readonly start?: number;
}

/** Decisions that are on their way: sent again under the same key until the service has answered. */
interface Batch {
  readonly key: string;
  readonly decisions: readonly (Decision & { readonly expectedVersion: number })[];
}

/** Decisions that the service has not confirmed, as they are kept on this device. */
interface Kept {
  readonly batch: Batch | null;
  readonly waiting: readonly Decision[];
}

const nothing: Kept = { batch: null, waiting: [] };
const nameOf = (id: string): string => `sidelines-desk:${id}`;

function keptFor(id: string): Kept {
  try {
    return { ...nothing, ...(JSON.parse(localStorage.getItem(nameOf(id)) ?? "{}") as Partial<Kept>) };
  } catch {
    return nothing;
  }
}

function keep(id: string, kept: Kept): void {
  if (kept.batch === null && kept.waiting.length === 0) localStorage.removeItem(nameOf(id));
  else localStorage.setItem(nameOf(id), JSON.stringify(kept));
}

/** Whether all decisions are stored by the service. */
export type Saving = "saved" | "saving" | "offline" | "signed-out";

export interface Review {
  readonly report: Report | null;
  readonly problem: string | null;
  readonly saving: Saving;
  /** Decisions that another editor was faster with, in sentences. */
  readonly conflicts: readonly string[];
  readonly dismissConflicts: () => void;
  decide(decisions: readonly Decision[]): void;
  /** Takes back the last decisions of this editor. */
  undo(): void;
  readonly canUndo: boolean;
  /** Replaces the report by a newer state. */
  put(report: Report): void;
  reload(): Promise<void>;
  /** Faults that publishing would find, by number of the proposal; others under 0. */
  readonly faults: ReadonlyMap<number, readonly UserError[]>;
  setFaults(errors: readonly UserError[]): void;
  /** Whether the service asks for two pairs of eyes. */
  readonly requiresReview: boolean;
  /** Another access to the text than the one that the report was handed in with. */
  readonly access: Report["access"] | null;
  readonly setAccess: (access: Report["access"]) => void;
}

const retryMs = 2_000;
/** Milliseconds without a decision after which publishing is rehearsed. */
const quietMs = 900;

/** A report under review. Decisions show at once, are kept on this device, and are sent until the service has them. */
export function useReview(id: string): Review {
  const [report, setReport] = useState<Report | null>(null);
  const [requiresReview, setRequiresReview] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState<Saving>("saved");
  const [conflicts, setConflicts] = useState<readonly string[]>([]);
  const [faults, setFaultMap] = useState<ReadonlyMap<number, readonly UserError[]>>(new Map());
  const [access, setAccessOnly] = useState(
    () => localStorage.getItem(`${nameOf(id)}:access`) as Report["access"] | null,
  );
  const setAccess = (next: Report["access"]): void => {
    localStorage.setItem(`${nameOf(id)}:access`, next);
    setAccessOnly(next);
  };
  const [kept, setKept] = useState<Kept>(() => keptFor(id));
  const [undoable, setUndoable] = useState<readonly (readonly Decision[])[]>([]);
  const state = useRef({ kept, report, isSending: false });
  state.current.report = report;

  const store = useCallback(
    (next: Kept) => {
      state.current.kept = next;
      keep(id, next);
      setKept(next);
    },
    [id],
  );

  const reload = useCallback(async () => {
    try {
      const { submission, service } = await ask(reportToReview, { id });
      setRequiresReview(service.requiresReview);
      if (submission) setReport(submission);
      setProblem(submission ? null : "There is no such report at the desk. It may have been deleted.");
    } catch (error) {
      setProblem((error as Error).message);
    }
  }, [id]);

  const flush = useCallback(async (): Promise<void> => {
    const now = state.current;
    if (now.isSending || !now.report) return;
    if (now.kept.batch === null && now.kept.waiting.length === 0) return;
    const versions = new Map(now.report.proposals.map(({ number, version }) => [number, version]));
    const batch: Batch = now.kept.batch ?? {
      key: crypto.randomUUID(),
      decisions: now.kept.waiting
        .slice(0, 100)
        .map((one) => ({ ...one, expectedVersion: versions.get(one.number) ?? 0 })),
    };
    if (now.kept.batch === null) store({ batch, waiting: now.kept.waiting.slice(100) });
    now.isSending = true;
    setSaving("saving");
    try {
      const input = { submission: id, decisions: batch.decisions, idempotencyKey: batch.key };
      const { decideProposals } = await ask(decide, { input: input as never });
      const { submission, userErrors = [] } = decideProposals ?? {};
      const lost = new Set(userErrors.map(({ path }) => Number(path[2])));
      // Decisions without a fault are sent again. Those on proposals that another editor has decided are dropped.
      const again = userErrors.length > 0 ? batch.decisions.filter((_one, index) => !lost.has(index)) : [];
      const waiting = state.current.kept.waiting;
      const renewed = again.filter((one) => !waiting.some(({ number }) => number === one.number));
      store({ batch: null, waiting: [...renewed.map(({ expectedVersion: _seen, ...one }) => one), ...waiting] });
      if (submission) setReport(submission);
      if (userErrors.length > 0)
        setConflicts((before) => [
          ...before,
          ...userErrors.map(({ message, path }) => sentence(message, path, batch, submission)),
        ]);
      setSaving("saved");
    } catch (error) {
      const reason = error instanceof DeskError ? error.reason : "other";
      setSaving(reason === "session" ? "signed-out" : "offline");
      if (reason === "other") {
        store({ batch: null, waiting: state.current.kept.waiting });
        setConflicts((before) => [...before, (error as Error).message]);
        void reload();
        setSaving("saved");
      }
    } finally {
      state.current.isSending = false;
    }
  }, [id, reload, store]);

  useEffect(() => void reload(), [reload]);
  useEffect(() => {
    if (kept.batch !== null || kept.waiting.length > 0) void flush();
  }, [kept, report, flush]);
  useEffect(() => {
    const again = (): void => {
      void flush();
      if (!state.current.report) void reload();
    };
    const timer = setInterval(() => saving === "offline" && again(), retryMs);
    addEventListener("online", again);
    const stop = onSession((session) => session && again());
    return () => {
      clearInterval(timer);
      removeEventListener("online", again);
      stop();
    };
  }, [flush, reload, saving]);

  const shown = useMemo(() => report && withDecisions(report, kept), [report, kept]);
  const accepted = shown?.proposals.filter(({ decision }) => decision === "ACCEPTED").length ?? 0;
  const isIdle = kept.batch === null && kept.waiting.length === 0;

  const setFaults = useCallback((errors: readonly UserError[]) => {
    const found = new Map<number, UserError[]>();
    for (const error of errors) {
      const number = error.path[1] === "proposals" ? Number(error.path[2]) : 0;
      found.set(number, [...(found.get(number) ?? []), error]);
    }
    setFaultMap(found);
  }, []);

  // Conflicts with the record are shown before they are made.
  useEffect(() => {
    if (!report || report.state !== "OPEN" || !isIdle || accepted === 0) return setFaults([]);
    const input = {
      submission: id,
      expectedVersion: report.version,
      dryRun: true,
      access: access ?? report.access,
    };
    const timer = setTimeout(() => {
      ask(publish, { input }).then(
        ({ publishSubmission }) =>
          setFaults((publishSubmission?.userErrors ?? []).filter(({ path }) => path[1] !== "expectedVersion")),
        () => undefined,
      );
    }, quietMs);
    return () => clearTimeout(timer);
  }, [id, report, isIdle, accepted, access, setFaults]);

  const put = (decisions: readonly Decision[]): void => {
    const numbers = new Set(decisions.map(({ number }) => number));
    const now = state.current.kept;
    store({ ...now, waiting: [...now.waiting.filter(({ number }) => !numbers.has(number)), ...decisions] });
  };

  return {
    report: shown,
    requiresReview,
    problem,
    saving: isIdle && saving === "saving" ? "saved" : saving,
    conflicts,
    dismissConflicts: () => setConflicts([]),
    decide(decisions) {
      const before = decisions.flatMap(({ number }) => {
        const one = shown?.proposals.find((proposal) => proposal.number === number);
        return one
          ? [{ number, decision: one.decision, values: givenValues(one.values), quote: one.quote, start: one.start }]
          : [];
      });
      setUndoable((all) => [...all.slice(-99), before]);
      put(decisions);
    },
    undo() {
      const last = undoable.at(-1);
      if (!last) return;
      setUndoable((all) => all.slice(0, -1));
      put(last);
    },
    canUndo: undoable.length > 0,
    put: (next) => setReport(next),
    reload,
    faults,
    setFaults,
    access,
    setAccess,
  };
}

/** The report with decisions that the service has not confirmed yet. */
function withDecisions(report: Report, { batch, waiting }: Kept): Report {
  const latest = new Map([...(batch?.decisions ?? []), ...waiting].map((one) => [one.number, one]));
  if (latest.size === 0) return report;
  return {
    ...report,
    proposals: report.proposals.map((proposal) => {
      const made = latest.get(proposal.number);
      if (!made) return proposal;
      const values = made.values ? { ...emptied(proposal.values), ...made.values } : proposal.values;
      return { ...proposal, ...made, values };
    }),
  };
}

function emptied(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name]) => [name, null])) as unknown as Values;
}

function sentence(message: string, path: readonly string[], batch: Batch, report: Report | null | undefined): string {
  const number = batch.decisions[Number(path[2])]?.number;
  const proposal = report?.proposals.find((one) => one.number === number);
  return proposal ? `${kindLabels[proposal.kind]} “${describe(proposal)}”: ${message}` : message;
}
