// Runs the audits of the npm package graphql-http (GraphQL over HTTP):
//
//   node audit.mjs http://127.0.0.1:8080/graphql   against a running server
//   node audit.mjs ../mawqif                       against `mawqif demo`, which it starts and stops
//
// Exits with 1 unless every audit is ok.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { auditServer } from 'graphql-http';

const expected = 61; // audits of the locked version of graphql-http

async function audit(url) {
  const results = await auditServer({ url });
  const failed = results.filter(({ status }) => status !== 'ok');
  for (const { id, name, status, reason } of failed) {
    console.error(`${status} ${id} ${name}: ${reason}`);
  }
  console.log(`${results.length - failed.length} of ${results.length} audits ok`);
  return failed.length === 0 && results.length === expected;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function auditBinary(binary) {
  const folder = await mkdtemp(join(tmpdir(), 'mawqif-audit-'));
  const address = `127.0.0.1:${await freePort()}`;
  const store = join(folder, 'audit.db');
  const server = spawn(binary, ['demo', '--addr', address, '--store', store], { stdio: ['ignore', 'ignore', 'inherit'] });
  let over = null;
  const ended = new Promise((resolve) => {
    server.on('error', (error) => resolve((over = error.message)));
    server.on('exit', (code, signal) => resolve((over = `exit ${code ?? signal}`)));
  });
  try {
    for (let tries = 0; ; tries++) {
      if (over || tries === 100) throw new Error(`the server does not answer: ${over ?? 'no /readyz after 10 s'}`);
      const ready = await fetch(`http://${address}/readyz`).catch(() => null);
      if (ready?.ok) break;
      await sleep(100);
    }
    return await audit(`http://${address}/graphql`);
  } finally {
    server.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

const what = process.argv[2];
if (!what) {
  console.error('usage: node audit.mjs URL|BINARY');
  process.exit(2);
}
try {
  const ok = await (/^https?:/.test(what) ? audit(what) : auditBinary(what));
  process.exit(ok ? 0 : 1);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
