// What the processes of all peers have in common.

/** Where the database is and on which port to listen; given by whoever starts the peer. */
export const settings = {
  url: process.env.DATABASE_URL,
  port: Number(process.env.PORT),
};

/** Goes along with the parent: a peer never outlives the benchmark. */
export function endWithParent() {
  process.on("disconnect", () => process.exit(0));
}

/** Tells the parent that requests are answered now. */
export function announce() {
  endWithParent();
  process.send?.("listening");
}
