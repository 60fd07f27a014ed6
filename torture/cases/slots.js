// Slots that slow readers hold.
import { connect } from "node:net";
import { request } from "../service.js";

/** Begins an export and reads next to nothing of it. */
function stuck(bench, service, path, localAddress) {
  const socket = connect({ port: service.port, host: "127.0.0.1", localAddress });
  bench.afterwards(() => socket.destroy());
  socket.on("error", () => undefined);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  return new Promise((resolve) => {
    socket.once("data", () => {
      socket.pause();
      resolve();
    });
    socket.once("close", resolve);
  });
}

export const cases = [
  {
    name: "forty exports of one client that takes nothing keep no export from others",
    run: async (bench) => {
      const service = await bench.serve();
      await Promise.all(Array.from({ length: 40 }, () => stuck(bench, service, "/meetings.csv", "127.0.0.2")));
      const answer = await request(service, "/meetings.csv", { method: "GET" });
      if (answer.status !== 200) throw new Error(`others get ${answer.status}: ${answer.text.slice(0, 200)}`);
    },
  },
];
