// The client `graphql-ws`, which loses its connection and its service again and again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { changes, Notes, range, Service } from './service.mjs';

const rounds = 4;
const each = 6;

test('a WebSocket client that is cut off misses nothing and repeats nothing', async () => {
  const service = new Service();
  await service.start();
  const notes = new Notes();
  let socket;
  const client = createClient({
    url: service.url.replace('http', 'ws'),
    retryAttempts: 1000,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 20)),
    shouldRetry: () => true,
    webSocketImpl: class extends WebSocket {
      constructor(...args) {
        super(...args);
        socket = this;
      }
    },
  });
  // The client sends these again when it comes back, so it goes on where it was.
  const variables = { after: await service.cursor() };
  let heard = () => {};
  const failed = new Promise((_, reject) => {
    client.subscribe({ query: changes, variables }, {
      next(result) {
        if (socket.cut) return;
        const before = notes.numbers.length;
        notes.take(result);
        variables.after = notes.after;
        heard();
        // In the middle of each replay the network goes away, without a goodbye.
        if (notes.numbers.length > before && notes.numbers.length % each === 2) {
          socket.cut = true;
          socket.terminate();
        }
      },
      error: reject,
      complete: () => reject(new Error('the subscription ended')),
    });
  });
  failed.catch(() => {});
  for (let round = 1; round <= rounds; round += 1) {
    await service.grow(each);
    const all = new Promise((resolve) => {
      heard = () => notes.numbers.length >= round * each && resolve();
      heard();
    });
    await Promise.race([all, failed]);
  }
  await client.dispose();
  await service.end();
  assert.deepEqual(notes.numbers, range(1, rounds * each));
});
