// The limit: bare HTTP and one hand-written statement per question, whose JSON Postgres builds and Node passes through.
// It does not speak GraphQL: it looks at the operation's name only.
import { createServer } from "node:http";
import pg from "pg";
import { connections } from "./contract.js";
import { announce, settings } from "./process.js";
import { statements } from "./limit.sql.js";

const pool = new pg.Pool({ connectionString: settings.url, max: connections, min: connections });
const head = Buffer.from('{"data":');

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const { query, variables } = JSON.parse(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    const name = /^query (\w+)/.exec(query)?.[1];
    const statement = statements[name];
    if (!statement) {
      response.end('{"data":{"__typename":"Query"}}');
      return;
    }
    pool.query({ name, text: statement.text, values: statement.values(variables), rowMode: "array" }).then(
      ({ rows }) => {
        const body = rows[0][0];
        response.writeHead(200, {
          "content-type": "application/json; charset=utf-8",
          "content-length": head.length + Buffer.byteLength(body) + 1,
        });
        response.write(head);
        response.end(`${body}}`);
      },
      (error) => {
        response.writeHead(500);
        response.end(String(error));
      },
    );
  });
});

server.listen(settings.port, "127.0.0.1", announce);
