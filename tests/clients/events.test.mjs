// Server-sent events: the client `graphql-sse`, which resumes by the argument, and a reader like a browser, which
// resumes by `Last-Event-ID`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from 'graphql-sse';
import { changes, Notes, range, Service } from './service.mjs';

test('a client of server-sent events that is cut off misses nothing and repeats nothing', async () => {
  const [rounds, each, cut] = [3, 6, 2];
  const service = new Service();
  await service.start();
  const notes = new Notes();
  notes.after = await service.cursor();
  for (let round = 1; round <= rounds; round += 1) {
    await service.grow(each);
    for (const wanted of [(round - 1) * each + cut, round * each]) {
      const client = createClient({ url: service.url, retryAttempts: 0 });
      const variables = { after: notes.after };
      for await (const result of client.iterate({ query: changes, variables })) {
        notes.take(result);
        if (notes.numbers.length >= wanted) break;
      }
      client.dispose();
    }
  }
  await service.end();
  assert.deepEqual(notes.numbers, range(1, rounds * each));
});

test('a browser that comes back with Last-Event-ID goes on behind it', async () => {
  const service = new Service();
  await service.start();
  const query = new URLSearchParams({ query: changes, variables: JSON.stringify({ after: await service.cursor() }) });
  const numbers = await service.grow(3);
  const heard = [];
  let id;
  for (const _ of numbers) {
    const headers = { accept: 'text/event-stream', ...(id && { 'last-event-id': id }) };
    const controller = new AbortController();
    const response = await fetch(`${service.url}?${query}`, { headers, signal: controller.signal });
    let text = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const event = text.match(/event: next\nid: (.+)\ndata: (.+)\n\n/);
      if (!event) continue;
      id = event[1];
      const notes = new Notes();
      notes.take(JSON.parse(event[2]));
      heard.push(...notes.numbers);
      break;
    }
    controller.abort();
  }
  await service.end();
  assert.deepEqual(heard, numbers);
});
