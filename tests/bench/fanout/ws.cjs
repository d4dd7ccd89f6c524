// `ws` as its README broadcasts.
const http = require("node:http");
const { WebSocketServer } = require("ws");

const server = http.createServer((request, answer) => {
  if (request.method !== "POST") return answer.writeHead(404).end();
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    for (const client of sockets.clients) client.send(body);
    answer.writeHead(204).end();
  });
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
server.keepAliveTimeout = 600_000;
server.listen(Number(process.argv[2]), "127.0.0.1", 4096);
