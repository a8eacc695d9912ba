// The audit of GraphQL over HTTP, as `graphql-http` has it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverAudits } from 'graphql-http';
import { Service } from './service.mjs';

test('every audit of GraphQL over HTTP is passed', async () => {
  const service = new Service();
  await service.start();
  const audits = serverAudits({ url: service.url });
  const failed = [];
  for (const audit of audits) {
    const result = await audit.fn();
    if (result.status !== 'ok') failed.push(`${result.status} ${audit.id} ${audit.name}: ${result.reason}`);
  }
  await service.end();
  console.log(`audits passed: ${audits.length - failed.length} of ${audits.length}`);
  assert.deepEqual(failed, []);
  assert.equal(audits.length, 61);
});
