import { useEffect, useMemo, useRef } from "react";
import type { Passage } from "./fact.form.js";
import { kindLabels, offsetsOf, type Proposal, type Report } from "./report.js";

interface TextPaneProps {
  readonly report: Report;
  readonly current: Proposal | undefined;
  readonly onSelect: (number: number) => void;
  /** Called with the words that the editor marks, and with null when they are unmarked. */
  readonly onMark: (passage: Passage | null) => void;
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly proposals: readonly Proposal[];
  readonly isUnread: boolean;
}

/** The text of a report with the passages of its proposals marked. */
export function TextPane({ report, current, onSelect, onMark }: TextPaneProps) {
  const pane = useRef<HTMLDivElement>(null);
  const { text } = report;
  const offsets = useMemo(() => offsetsOf(text), [text]);
  const pieces = useMemo(() => piecesOf(report, offsets), [report, offsets]);

  useEffect(() => {
    const mark = pane.current?.querySelector<HTMLElement>("mark.current");
    const frame = pane.current;
    if (!mark || !frame || frame.scrollHeight <= frame.clientHeight) return;
    frame.scrollTo({ top: mark.offsetTop - frame.clientHeight / 3 });
  }, [current?.number]);

  const readSelection = (): void => {
    const selection = getSelection();
    const frame = pane.current;
    if (!frame || !selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    if (!frame.contains(range.commonAncestorContainer)) return;
    const [from, to] = [
      positionOf(range.startContainer, range.startOffset),
      positionOf(range.endContainer, range.endOffset),
    ];
    if (from === undefined || to === undefined || to <= from) return;
    const raw = text.slice(from, to);
    const quote = raw.trim();
    if (quote === "") return;
    onMark({ quote, start: offsets.indexOf(from + raw.indexOf(quote)) });
  };

  return (
    <div
      className="text"
      ref={pane}
      tabIndex={0}
      role="region"
      aria-label="Text of the report"
      lang={report.language}
      onMouseUp={() => setTimeout(readSelection)}
      onTouchEnd={() => setTimeout(readSelection)}
      onKeyUp={readSelection}
    >
      {pieces.map(({ start, end, proposals, isUnread }) => {
        const words = text.slice(start, end);
        const shown = proposals.find(({ number }) => number === current?.number) ?? proposals[0];
        if (!shown)
          return (
            <span
              key={start}
              data-start={start}
              className={isUnread ? "unread" : undefined}
              title={isUnread ? "Not understood" : undefined}
            >
              {words}
            </span>
          );
        const isCurrent = shown.number === current?.number;
        return (
          <mark
            key={start}
            data-start={start}
            className={[shown.decision.toLowerCase(), shown.tier?.toLowerCase() ?? "own", isCurrent ? "current" : ""]
              .join(" ")
              .trim()}
            title={proposals.map(({ kind }) => kindLabels[kind]).join(", ")}
            onClick={() => getSelection()?.isCollapsed !== false && onSelect(nextOf(proposals, current))}
          >
            {words}
          </mark>
        );
      })}
    </div>
  );
}

/** Of several proposals with the same words, the one after the current one. */
function nextOf(proposals: readonly Proposal[], current: Proposal | undefined): number {
  const index = proposals.findIndex(({ number }) => number === current?.number);
  return (proposals[(index + 1) % proposals.length] as Proposal).number;
}

/** A position of the document as a position in the text, in units of UTF-16. */
function positionOf(node: Node, offset: number): number | undefined {
  const element = node instanceof Element ? node : node.parentElement;
  const piece = element?.closest<HTMLElement>("[data-start]");
  if (piece) return Number(piece.dataset["start"]) + (node instanceof Element ? 0 : offset);
  // Between pieces: the beginning of the next one.
  const next = node.childNodes[offset];
  return next instanceof HTMLElement ? Number(next.dataset["start"]) : undefined;
}

/** The text cut where passages begin and end. */
function piecesOf({ text, proposals, notUnderstood }: Report, offsets: readonly number[]): Piece[] {
  const spanOf = (start: number, words: string): readonly [number, number] => {
    const from = offsets[start] ?? 0;
    return [from, from + words.length];
  };
  const spans = proposals
    .filter(({ decision }) => decision !== "REJECTED")
    .map((proposal) => ({ proposal, span: spanOf(proposal.start, proposal.quote) }));
  const unread = notUnderstood.map(({ start, text: sentence }) => spanOf(start, sentence));
  const cuts = new Set([0, text.length, ...spans.flatMap(({ span }) => span), ...unread.flat()]);
  const sorted = [...cuts].sort((one, other) => one - other);
  return sorted.slice(0, -1).map((start, index): Piece => {
    const end = sorted[index + 1] as number;
    const covering = spans.filter(({ span: [from, to] }) => from <= start && to >= end);
    // The shortest passage says most about its words.
    covering.sort((one, other) => one.span[1] - one.span[0] - (other.span[1] - other.span[0]));
    return {
      start,
      end,
      proposals: covering.map(({ proposal }) => proposal),
      isUnread: unread.some(([from, to]) => from <= start && to >= end),
    };
  });
}
