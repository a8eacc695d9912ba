// The committed schema under the rules of eslint.config.mjs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ESLint } from 'eslint';

test('the rules of Relay find nothing in the schema', async () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../schema/schema.graphql'), 'utf8');
  const eslint = new ESLint({ cwd: import.meta.dirname });
  const [result] = await eslint.lintText(text, { filePath: 'schema.graphql' });
  assert.deepEqual(result.messages.map((it) => `${it.line}: ${it.message} (${it.ruleId})`), []);
});
