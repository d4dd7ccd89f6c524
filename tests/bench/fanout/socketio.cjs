// Socket.IO as its guide shows it: every message to everybody.
const http = require("node:http");
const { Server } = require("socket.io");

const server = http.createServer((request, answer) => {
  if (request.method !== "POST") return answer.writeHead(404).end();
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    io.emit("score-update", JSON.parse(body));
    answer.writeHead(204).end();
  });
});
const io = new Server(server, {
  serveClient: false,
  perMessageDeflate: false,
  pingInterval: 600_000,
});
server.keepAliveTimeout = 600_000;
server.listen(Number(process.argv[2]), "127.0.0.1", 4096);
