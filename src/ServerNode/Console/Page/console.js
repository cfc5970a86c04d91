"use strict";
// Shows the board that /events sends: everything at first, then news. Keeps no state that it could not be sent again.

const SERVER = 0;
const LINES_MAX = 200;
const STEPS = [
  ["Modifications made to the file", "edit"],
  ["Sharing ", "edit"],
  ["Update received and Invalidation requests being sent to clients", "commit"],
  ["Instructing clients to update", "notice"],
  ["Invalidation request from server", "notice"],
  ["Pulling updates from server", "pull"],
  ["Updating local copy", "apply"],
];

const board = document.getElementById("board");
const panels = new Map();

function stepOf(text) {
  const found = STEPS.find(([lead]) => text.startsWith(lead));
  if (found) return { step: found[1], lead: found[0] };
  return /conflict|refused|lost|cannot|stopped/i.test(text) ? { step: "trouble", lead: text } : { step: null, lead: "" };
}

function timeOf(at) {
  const date = new Date(at);
  return date.toLocaleTimeString([], { hour12: false }) + "." + String(date.getMilliseconds()).padStart(3, "0");
}

function lineElement(line, isNew) {
  const item = document.createElement("li");
  const time = document.createElement("time");
  time.dateTime = line.at;
  time.textContent = timeOf(line.at);
  const { step, lead } = stepOf(line.text);
  const text = document.createElement("span");
  text.className = "text";
  const head = document.createElement("span");
  head.className = "lead";
  head.textContent = lead;
  const rest = document.createElement("span");
  rest.className = "detail";
  rest.textContent = line.text.slice(lead.length);
  text.append(head, rest);
  item.append(time, text);
  if (step) item.dataset.step = step;
  if (isNew) item.className = "new";
  return item;
}

function parts(name) {
  const digits = /\d*$/.exec(name)[0];
  return [name.slice(0, name.length - digits.length), digits === "" ? 0 : Number(digits)];
}

function before(a, b) {
  const [wordA, numberA] = parts(a.name);
  const [wordB, numberB] = parts(b.name);
  if (wordA !== wordB) return wordA < wordB;
  return numberA === numberB ? a.node < b.node : numberA < numberB;
}

// Clients are known by their numbers: several may bear one name, and then the number says which is which.
function setName(panel, name) {
  panel.name = name;
  const names = new Map();
  for (const each of panels.values()) names.set(each.name, (names.get(each.name) ?? 0) + 1);
  for (const each of panels.values()) {
    const title = each.isServer || names.get(each.name) === 1 ? each.name : `${each.name} (no. ${each.node})`;
    each.element.querySelector("h2").textContent = title;
    each.log.setAttribute("aria-label", "Story of " + title);
  }
}

function panelOf(node, name) {
  if (panels.has(node)) {
    const known = panels.get(node);
    if (known.name !== name) setName(known, name);
    return known;
  }
  const isServer = node === SERVER;
  const element = document.getElementById("panel").content.firstElementChild.cloneNode(true);
  element.classList.toggle("server", isServer);
  const log = element.querySelector(".log");
  const panel = { node, name, isServer, element, log, list: log.firstElementChild, count: 0, follows: true, top: 0 };
  log.addEventListener("scroll", () => scrolled(panel));
  new ResizeObserver(() => follow(panel)).observe(log);
  const next = isServer ? [...panels.values()][0]
    : [...panels.values()].filter(each => !each.isServer && before(panel, each)).sort((a, b) => before(a, b) ? -1 : 1)[0];
  board.insertBefore(element, next ? next.element : null);
  panels.set(node, panel);
  setName(panel, name);
  return panel;
}

function setConnected(panel, connected) {
  panel.element.classList.toggle("away", !connected);
  panel.connected = connected;
  panel.element.querySelector(".state").textContent = !connected ? "away" : panel.isServer ? "FileRegistry" : "connected";
  summarize();
}

// The newest line stays in sight, unless the reader has scrolled up.
function follow(panel) {
  if (panel.follows) panel.log.scrollTop = panel.log.scrollHeight;
  panel.top = panel.log.scrollTop;
}

// A panel that became smaller is told of as scrolled, too, before it can follow: only a way up is the reader's.
function scrolled(panel) {
  const { log } = panel;
  if (log.scrollHeight - log.scrollTop - log.clientHeight < 40) panel.follows = true;
  else if (log.scrollTop < panel.top) panel.follows = false;
  panel.top = log.scrollTop;
}

function addLine(panel, line, isNew) {
  panel.list.append(lineElement(line, isNew));
  while (panel.list.children.length > LINES_MAX) panel.list.firstElementChild.remove();
  panel.count++;
  panel.element.querySelector(".count").textContent = panel.count === 1 ? "1 line" : panel.count + " lines";
  follow(panel);
  if (isNew) light(stepOf(line.text).step);
}

function light(step) {
  const item = step && document.querySelector(`#journey li[data-step=${step}]`);
  if (!item) return;
  item.classList.remove("lit");
  void item.offsetWidth; // Restarts the animation.
  item.classList.add("lit");
}

function summarize() {
  const clients = [...panels.values()].filter(panel => !panel.isServer);
  const here = clients.filter(panel => panel.connected).length;
  document.getElementById("summary").textContent = clients.length === 0
    ? "One server, and every replica that follows it."
    : !panels.get(SERVER).connected ? "The server is away."
    : `One server, ${here} of ${clients.length} ${clients.length === 1 ? "client" : "clients"} connected.`;
  document.getElementById("empty").hidden = clients.length > 0;
}

function setLink(text, className) {
  const link = document.getElementById("link");
  link.textContent = text;
  link.className = "pill " + className;
}

const events = new EventSource("/events");
events.addEventListener("open", () => setLink("live", "live"));
events.addEventListener("error", () => {
  setLink("server away, waiting", "lost");
  // Nothing is known of any node any more; the whole board comes when the server is back.
  for (const panel of panels.values()) setConnected(panel, false);
});
events.addEventListener("board", event => {
  board.replaceChildren();
  panels.clear();
  for (const node of JSON.parse(event.data)) {
    const panel = panelOf(node.node, node.name);
    for (const line of node.lines) addLine(panel, line, false);
    setConnected(panel, node.connected);
  }
  summarize();
});
events.addEventListener("news", event => {
  const news = JSON.parse(event.data);
  if (news.line) {
    addLine(panels.get(news.line.node), news.line, true);
  } else if (news.gone) {
    panels.get(news.node)?.element.remove();
    panels.delete(news.node);
    for (const panel of panels.values()) setName(panel, panel.name);
    summarize();
  } else {
    setConnected(panelOf(news.node, news.name), news.connected);
  }
});
