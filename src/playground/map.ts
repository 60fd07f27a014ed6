import "graphql-voyager/dist/voyager.css";
import voyagerAddress from "graphql-voyager/dist/voyager.standalone.js?url";
import { getIntrospectionQuery, type IntrospectionQuery } from "graphql";

interface Voyager {
  renderVoyager(
    element: HTMLElement,
    options: {
      introspection: { data: IntrospectionQuery };
      hideVoyagerLogo: boolean;
      displayOptions: { skipRelay: boolean; sortByAlphabet: boolean };
    },
  ): void;
}

/** The drawing is a ready-made script with a framework of its own inside; it is loaded beside ours, never bundled in. */
function loadVoyager(): Promise<Voyager> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = voyagerAddress;
    script.onload = () => resolve((window as unknown as { GraphQLVoyager: Voyager }).GraphQLVoyager);
    script.onerror = () => reject(new Error("The drawing script did not load."));
    document.head.append(script);
  });
}

async function fetchIntrospection(): Promise<{ data: IntrospectionQuery }> {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ query: getIntrospectionQuery() }),
  });
  const answer = (await response.json()) as { data?: IntrospectionQuery };
  if (!answer.data) throw new Error(`The service answered ${response.status} without a schema.`);
  return { data: answer.data };
}

const place = document.getElementById("map");
if (place) {
  Promise.all([loadVoyager(), fetchIntrospection()])
    .then(([voyager, introspection]) =>
      voyager.renderVoyager(place, {
        introspection,
        hideVoyagerLogo: true,
        displayOptions: { skipRelay: true, sortByAlphabet: false },
      }),
    )
    .catch((error: unknown) => {
      const text = document.createElement("p");
      text.className = "waiting";
      text.textContent = `The map cannot be drawn. ${error instanceof Error ? error.message : ""}`;
      place.replaceChildren(text);
    });
}
