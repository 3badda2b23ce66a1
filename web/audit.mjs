// Runs the audits of the npm package graphql-http (GraphQL over HTTP) against a
// server: node audit.mjs http://127.0.0.1:8080/graphql
// Exits with 1 unless every audit is ok.
import { auditServer } from 'graphql-http';

const expected = 61; // audits of the locked version of graphql-http
const url = process.argv[2];
if (!url) {
  console.error('usage: node audit.mjs URL');
  process.exit(2);
}
const results = await auditServer({ url });
const failed = results.filter(({ status }) => status !== 'ok');
for (const { id, name, status, reason } of failed) {
  console.error(`${status} ${id} ${name}: ${reason}`);
}
console.log(`${results.length - failed.length} of ${results.length} audits ok`);
process.exit(failed.length === 0 && results.length === expected ? 0 : 1);
