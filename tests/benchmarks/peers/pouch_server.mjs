// A server of CouchDB's protocol: express-pouchdb on leveldb, counting bytes at its sockets.
// node pouch_server.mjs MODULES DATA PORT; on PORT + 1: /stats says what was counted, /quit ends it.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import http from 'node:http';

const [, , modules, data, port] = process.argv;
const require = createRequire(modules + '/');
fs.mkdirSync(data, { recursive: true });
process.chdir(data);
const PouchDB = require('pouchdb').defaults({ prefix: data + '/' });
// Given requests directly: inside an express 5 application it fails, for there req.query has no setter.
const app = require('express-pouchdb')(PouchDB, {
  mode: 'minimumForPouchDB',
  inMemoryConfig: true,
  logPath: data + '/log.txt',
});
const open = new Set();
let up = 0;
let down = 0;
let requests = 0;

const server = http.createServer((request, response) => {
  requests += 1;
  app(request, response);
});
server.keepAliveTimeout = 60000;
server.on('connection', (socket) => {
  open.add(socket);
  socket.on('close', () => {
    up += socket.bytesRead;
    down += socket.bytesWritten;
    open.delete(socket);
  });
});
server.listen(+port, '127.0.0.1');

http
  .createServer((request, response) => {
    if (request.url === '/quit') {
      response.end('{}');
      setTimeout(() => process.exit(0), 50);
      return;
    }
    const said = { up, down, requests };
    for (const socket of open) {
      said.up += socket.bytesRead;
      said.down += socket.bytesWritten;
    }
    const used = process.cpuUsage();
    response.end(JSON.stringify({ ...said, cpu: (used.user + used.system) / 1e6 }));
  })
  .listen(+port + 1, '127.0.0.1');
