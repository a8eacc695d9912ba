
"use strict";
const at = (id) => document.getElementById(id);
const EXAMPLES = [
  ["Officials", `query Officials {
  officials(first: 20) {
    nodes {
      registryId
      name
      entryCount
      tenures { office { label } kind from until }
    }
    pageInfo { hasNextPage endCursor }
  }
}`, {}],
  ["A timeline", `query Timeline($official: ID!, $after: String) {
  timeline(by: { officialId: $official }, first: 20, after: $after) {
    nodes {
      day
      happened { edtf precision basis how remainingYears }
      appearance { asWritten officeAsWritten held { label kind } disagreement }
      story { title source page { address digest } }
      statements { kind verb text textFragmentUrl spans { start end } }
      recordedAt { position instant }
    }
    pageInfo { hasNextPage endCursor }
  }
}`, "official"],
  ["A topic", `query Topic($topic: ID!) {
  timeline(by: { topicId: $topic }, first: 20) {
    nodes {
      day
      story { title source }
      matchedTopics { slug evidence { text span { start end } } }
      statements { speaker { name officeAsWritten } text }
    }
  }
}`, "topic"],
  ["The record then", `query Then($official: ID!, $position: Position!) {
  timeline(by: { officialId: $official }, first: 20, asOf: { position: $position }) {
    nodes {
      day
      story { title }
      status
      recordedAt { position instant }
      supersededAt { position by }
    }
  }
}`, "then"],
  ["The log", `query Log {
  log { head checkpoint lag }
}`, {}],
];
let found = { official: "", topic: "", position: "1" };

async function ask(query, variables) {
  const key = at("key").value.trim();
  const response = await fetch(location.pathname, {
    method: "POST",
    headers: {
      "accept": "application/graphql-response+json, application/json;q=0.9",
      "content-type": "application/json",
      ...(key && { "authorization": "Bearer " + key }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  return { status: response.status, text, position: response.headers.get("dateline-position") };
}

function colour(text) {
  const parts = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:-?\d+(?:\.\d+)?|true|false|null)\b/g;
  const fragment = document.createDocumentFragment();
  let last = 0;
  for (const match of text.matchAll(parts)) {
    fragment.append(text.slice(last, match.index));
    const span = document.createElement("span");
    span.className = match[1] ? (match[2] ? "k" : "s") : "n";
    span.textContent = match[1] || match[0];
    fragment.append(span, match[2] || "");
    last = match.index + match[0].length;
  }
  fragment.append(text.slice(last));
  return fragment;
}

function variables() {
  const text = at("variables").value.trim();
  return text ? JSON.parse(text) : {};
}

async function run() {
  let given;
  try {
    given = variables();
  } catch (error) {
    at("status").textContent = "The variables are not JSON: " + error.message;
    return;
  }
  at("status").textContent = "…";
  const start = performance.now();
  try {
    const { status, text, position } = await ask(at("query").value, given);
    const took = Math.round(performance.now() - start);
    let shown = text;
    try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch { /* shown as it came */ }
    at("answer").replaceChildren(colour(shown));
    at("status").textContent = `${status} · ${took} ms · ${text.length} bytes`;
    if (position) at("position").textContent = "position " + position;
  } catch (error) {
    at("status").textContent = "No answer: " + error.message;
  }
  at("curl").textContent = "curl " + location.origin + location.pathname
    + " -H 'content-type: application/json' \\\n  -d '"
    + JSON.stringify({ query: at("query").value, variables: given }).replaceAll("'", "'\\''") + "'";
}

function show(query, given) {
  at("query").value = query;
  at("variables").value = JSON.stringify(given, null, 2);
}

function example([, query, given]) {
  if (given === "official") given = { official: found.official };
  if (given === "topic") given = { topic: found.topic };
  if (given === "then") given = { official: found.official, position: found.position };
  show(query, given);
  run();
}

function typeName(type) {
  if (type.kind === "NON_NULL") return typeName(type.ofType) + "!";
  if (type.kind === "LIST") return "[" + typeName(type.ofType) + "]";
  return type.name;
}

const TYPES = `{ __schema { types { name kind description
  fields { name args { name type { ...T } } type { ...T } }
  inputFields { name type { ...T } }
  enumValues { name description } } } }
fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`;

async function schema() {
  const { text } = await ask(TYPES, {});
  const types = JSON.parse(text).data.__schema.types.filter((it) => !it.name.startsWith("__"));
  const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text || "" });
  for (const type of types) {
    at("schema").append(make("h2", type.name), make("p", type.description));
    const list = make("ul");
    for (const it of type.fields || type.inputFields || type.enumValues || []) {
      const args = (it.args || []).map((arg) => arg.name + ": " + typeName(arg.type)).join(", ");
      list.append(make("li", it.name + (args && `(${args})`) + (it.type ? ": " + typeName(it.type) : "")));
    }
    at("schema").append(list);
  }
}

async function start() {
  for (const it of EXAMPLES) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = it[0];
    button.addEventListener("click", () => example(it));
    at("examples").append(button);
  }
  at("run").addEventListener("click", run);
  at("link").addEventListener("click", () => {
    const link = new URL(location.pathname, location.origin);
    link.searchParams.set("query", at("query").value);
    link.searchParams.set("variables", at("variables").value);
    history.replaceState(null, "", link);
    navigator.clipboard?.writeText(link.href);
    at("status").textContent = "The address of this page now holds the query.";
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
  });
  document.querySelector("details").addEventListener("toggle", schema, { once: true });
  const address = new URL(location.href).searchParams;
  if (address.has("query")) show(address.get("query"), {});
  if (address.has("variables")) at("variables").value = address.get("variables");
  const { text, position } = await ask(
    "{ officials(first: 100) { nodes { registryId entryCount } } topics(first: 100) { nodes { slug entryCount } } }", {});
  const { data } = JSON.parse(text);
  const fullest = (nodes) => [...(nodes || [])].sort((a, b) => b.entryCount - a.entryCount)[0];
  found = {
    official: fullest(data?.officials?.nodes)?.registryId || "",
    topic: fullest(data?.topics?.nodes)?.slug || "",
    position: position || "1",
  };
  if (!address.has("query")) example(found.official ? EXAMPLES[1] : EXAMPLES[4]);
}
start();
