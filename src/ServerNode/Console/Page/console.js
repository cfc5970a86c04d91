"use strict";
// Shows the board that /events sends: everything at first, then news. Keeps no state that it could not be sent again.

const LINES_MAX = 200;
const STEPS = [
  ["Modifications made to the file", "edit"],
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
  const [wordA, numberA] = parts(a);
  const [wordB, numberB] = parts(b);
  return wordA === wordB ? numberA < numberB : wordA < wordB;
}

function panelOf(name, isServer) {
  if (panels.has(name)) return panels.get(name);
  const element = document.getElementById("panel").content.firstElementChild.cloneNode(true);
  element.classList.toggle("server", isServer);
  element.querySelector("h2").textContent = name;
  const log = element.querySelector(".log");
  log.setAttribute("aria-label", "Story of " + name);
  const panel = { name, isServer, element, log, list: log.firstElementChild, count: 0 };
  const next = isServer ? [...panels.values()][0]
    : [...panels.values()].filter(each => !each.isServer && before(name, each.name)).sort((a, b) => before(a.name, b.name) ? -1 : 1)[0];
  board.insertBefore(element, next ? next.element : null);
  panels.set(name, panel);
  return panel;
}

function setConnected(panel, connected) {
  panel.element.classList.toggle("away", !connected);
  panel.connected = connected;
  panel.element.querySelector(".state").textContent = panel.isServer ? "FileRegistry" : connected ? "connected" : "away";
  summarize();
}

function addLine(panel, line, isNew) {
  // Follows the newest line, unless somebody has scrolled up to read.
  const follows = panel.log.scrollHeight - panel.log.scrollTop - panel.log.clientHeight < 40;
  panel.list.append(lineElement(line, isNew));
  while (panel.list.children.length > LINES_MAX) panel.list.firstElementChild.remove();
  panel.count++;
  panel.element.querySelector(".count").textContent = panel.count === 1 ? "1 line" : panel.count + " lines";
  if (follows) panel.log.scrollTop = panel.log.scrollHeight;
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
events.addEventListener("error", () => setLink("server away, waiting", "lost"));
events.addEventListener("board", event => {
  board.replaceChildren();
  panels.clear();
  for (const node of JSON.parse(event.data)) {
    const panel = panelOf(node.name, node.isServer);
    for (const line of node.lines) addLine(panel, line, false);
    setConnected(panel, node.connected);
  }
  summarize();
  // Only now: each panel changed the height of the others.
  for (const { log } of panels.values()) log.scrollTop = log.scrollHeight;
});
events.addEventListener("news", event => {
  const news = JSON.parse(event.data);
  if (news.line) {
    const known = panels.has(news.line.node);
    const panel = panelOf(news.line.node, false);
    if (!known) setConnected(panel, true);
    addLine(panel, news.line, true);
  } else if (news.gone) {
    panels.get(news.node)?.element.remove();
    panels.delete(news.node);
    summarize();
  } else {
    setConnected(panelOf(news.node, false), news.connected);
  }
});
