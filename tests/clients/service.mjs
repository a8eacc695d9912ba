// The service under test: starts and stops it, and makes the log grow while it is down, since whoever serves a log owns it.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const program = process.env.DATELINE;
assert.ok(program, 'DATELINE names the program, such as target/debug/dateline');
const registry = path.resolve(import.meta.dirname, '../../fixtures/demo/registry.json');
const words = 'dam bridge harbour orchard quarry mill tunnel garden market library school ferry'.split(' ');

export const official = 'p-toskarbaliev';

export const changes = `subscription Changes($after: String) {
  timelineChanges(by: { officialId: "${official}" }, after: $after) {
    change cursor entry { story { title } } } }`;

/** A page whose one story names the official; no two are alike. */
function page(number) {
  const word = (step) => words[Math.floor(number / words.length ** step) % words.length];
  const title = `The ARPO Secretary General opens a ${word(0)} beside the ${word(1)} number ${number}`;
  return `${title}\n\n${title} 20.02.2023\n\nOn February 20, 2023, the ARPO Secretary General Ilmangir Toskarbaliev `
    + `opened the ${word(0)} number ${number}.\n\n“The ${word(0)} of ${number} people is ready,” Ilmangir Toskarbaliev said.\n`;
}

/** A service with a data directory of its own. */
export class Service {
  #folder = mkdtempSync(path.join(tmpdir(), 'dateline-clients-'));
  #child;
  #pages = 0;
  #port = 0;

  constructor() {
    this.#run('registry', 'import', registry);
  }

  get url() {
    return `http://127.0.0.1:${this.#port}/graphql`;
  }

  #run(...args) {
    execFileSync(program, [...args, '--data', path.join(this.#folder, 'data')], { stdio: ['ignore', 'ignore', 'inherit'] });
  }

  /** Starts it, on the port that it had before. */
  async start() {
    const args = ['serve', '--listen', `127.0.0.1:${this.#port}`, '--data', path.join(this.#folder, 'data')];
    this.#child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child.stdout.setEncoding('utf8');
    for await (const text of this.#child.stdout.iterator({ destroyOnReturn: false })) {
      const found = text.match(/http:\/\/127\.0\.0\.1:(\d+)\/graphql/);
      if (found) {
        this.#port = Number(found[1]);
        return;
      }
    }
    assert.fail('the service does not start');
  }

  /** Stops it, however many clients hold on. */
  async stop() {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    assert.equal(await ended, 0);
  }

  /** Stops it, has it read `count` pages more, and starts it again. Gives the numbers of the pages. */
  async grow(count) {
    await this.stop();
    const folder = path.join(this.#folder, `pages-${this.#pages}`);
    mkdirSync(folder);
    const numbers = range(this.#pages + 1, this.#pages + count);
    for (const number of numbers) writeFileSync(path.join(folder, `${String(number).padStart(4, '0')}.txt`), page(number));
    this.#pages += count;
    this.#run('ingest', folder);
    await this.start();
    return numbers;
  }

  /** The cursor from which changes go on from now. */
  async cursor() {
    const body = JSON.stringify({ query: '{ log { changesCursor } }' });
    const response = await fetch(this.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return (await response.json()).data.log.changesCursor;
  }

  async end() {
    await this.stop();
    rmSync(this.#folder, { recursive: true });
  }
}

/** Takes down what a subscription tells. */
export class Notes {
  numbers = [];
  after;

  take(result) {
    assert.equal(result.errors, undefined, JSON.stringify(result.errors));
    const { change, cursor, entry } = result.data.timelineChanges;
    this.after = cursor;
    if (change === 'ADDED') this.numbers.push(Number(entry.story.title.match(/number (\d+)/)[1]));
  }
}

/** The numbers from `first` to `last`. */
export const range = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
