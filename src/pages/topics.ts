import { html, joined, type Html } from "./html.js";
import type { PageRequest } from "./page.js";

/** A topic, as the operations of pages read it. */
export interface TopicName {
  readonly key: string;
  readonly name: string;
}

/** The topics of a record: those of the list by their names, each with a link to the records of its kind about it. */
export function topicLinks(
  keys: readonly string[],
  topics: readonly TopicName[],
  path: string,
  { addresses }: PageRequest,
): Html | null {
  if (keys.length === 0) return null;
  const links = keys.map((key) => {
    // Statements may have the words of their source.
    const topic = topics.find((one) => one.key === key.toLowerCase().replaceAll(" ", "-"));
    return topic ? html`<a href="${addresses.to(path, { topic: topic.key })}">${topic.name}</a>` : key;
  });
  return joined(links, ", ");
}

/** A select of all topics. */
export function chooseTopic(topics: readonly TopicName[], chosen: readonly string[]): Html {
  return html`<label>Topic <select name="topic"><option value="">any</option>${topics.map(({ key, name }) => html`<option value="${key}"${chosen.includes(key) && html` selected`}>${name}</option>`)}</select></label>`;
}

/** The topics in an address. */
export function topicsIn(query: URLSearchParams): string[] {
  return query.getAll("topic").filter((key) => key !== "");
}
