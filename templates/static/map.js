// The argument map without loading the page anew: links fetch the same address and swap the map and its outline.
// Nothing that is on screen moves when something is opened: one card is held where it is, and room is made around it.
"use strict";
{

const byId = id => document.getElementById(id), all = (root, selector) => [...root.querySelectorAll(selector)];
const figure = () => byId("map-figure");
const view = () => figure().querySelector(".scroll");
const canvas = () => figure().querySelector(".canvas");
const cards = () => all(canvas(), ".card"), keys = () => cards().map(card => card.dataset.key);
const cardOf = key => cards().find(card => card.dataset.key === key);
const edges = () => all(canvas(), ".edge");
const SMALLEST = 0.1, LARGEST = 2;

let scale = 1;      // pixels for each unit of the drawing
let whole;          // the view box as the server made it
let current = "question";
let request = null;

// Where things are

const box = () => { const { x, y, width, height } = canvas().viewBox.baseVal; return { x, y, width, height }; };
const place = key => { const face = (cardOf(key) || cards()[0]).querySelector(".face"); return ["x", "y", "width", "height"].map(name => +face.getAttribute(name)); };

function show({ x, y, width, height }) {
  const drawing = canvas();
  drawing.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  drawing.setAttribute("width", width * scale);
  drawing.setAttribute("height", height * scale);
}

// Shows the point (x, y) of the drawing at (left, top) of the view, with as much room around it as that takes.
function hold(x, y, left, top) {
  const wide = view().clientWidth / scale, high = view().clientHeight / scale;
  const from = { x: x - left / scale, y: y - top / scale };
  const first = { x: Math.min(whole.x, from.x), y: Math.min(whole.y, from.y) };
  const last = { x: Math.max(whole.x + whole.width, from.x + wide), y: Math.max(whole.y + whole.height, from.y + high) };
  show({ ...first, width: last.x - first.x, height: last.y - first.y });
  view().scrollLeft = (from.x - first.x) * scale;
  view().scrollTop = (from.y - first.y) * scale;
}

const shownAt = key => { const [x, y] = place(key), at = box(); return [(x - at.x) * scale - view().scrollLeft, (y - at.y) * scale - view().scrollTop]; };

// The view grows with the map and never shrinks, so that nothing below the reader's eye jumps back.
function grow() {
  const most = Math.min(736, innerHeight * 0.82), now = view().offsetHeight;
  view().style.height = `${Math.max(Math.min(whole.height * scale + 2, most), Math.min(now, most))}px`;
}

// The whole map in the middle of the view; where it is larger, the card that matters.
function centre() {
  const [wide, high] = [view().clientWidth, view().clientHeight], fits = [whole.width * scale <= wide + 2, whole.height * scale <= high + 2];
  const [x, y, width, height] = place(current);
  hold(fits[0] ? whole.x + whole.width / 2 : x + width / 2, fits[1] ? whole.y + whole.height / 2 : y + height / 2, fits[0] || current !== "question" ? wide / 2 : width * scale / 2 + 12, high / 2);
}

function fit() {
  scale = Math.max(SMALLEST, Math.min(1, view().clientWidth / whole.width, view().clientHeight / whole.height));
  centre();
}

function zoom(factor, left = view().clientWidth / 2, top = view().clientHeight / 2) {
  const at = box(), x = at.x + (view().scrollLeft + left) / scale, y = at.y + (view().scrollTop + top) / scale;
  scale = Math.max(SMALLEST, Math.min(LARGEST, scale * factor));
  hold(x, y, left, top);
}

// The path to the question

function light(key) {
  const on = new Set([key]), lines = new Set(), from = new Map([[key, null]]), waiting = [key];
  while (waiting.length && !from.has("question")) {
    const tail = waiting.shift();
    for (const edge of edges()) if (edge.dataset.tail === tail && !from.has(edge.dataset.head)) { from.set(edge.dataset.head, edge); waiting.push(edge.dataset.head); }
  }
  for (let edge = from.get("question"); edge; edge = from.get(edge.dataset.tail)) { lines.add(edge); on.add(edge.dataset.head).add(edge.dataset.tail); }
  cards().forEach(card => card.classList.toggle("on", on.has(card.dataset.key)));
  edges().forEach(edge => edge.classList.toggle("on", lines.has(edge)));
  figure().classList.add("lit");
}
const dim = () => figure().classList.remove("lit");

// Other states of the map

const say = (text, isProblem = false) => { const said = figure().querySelector(".said"); said.classList.toggle("problem", isProblem); said.textContent = text; };

async function load(address) {
  request?.abort();
  request = new AbortController();
  const answer = await fetch(address, { signal: request.signal, headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok) throw new Error(page.querySelector("main p")?.textContent || `The server answered ${answer.status}.`);
  if (!page.getElementById("map-figure")) throw new Error("There is no map any more.");
  return page;
}

async function go(address, { push = true, held = current, link = null } = {}) {
  figure().classList.add("busy");
  try {
    const page = await load(address), before = new Set(keys());
    const focused = figure().contains(document.activeElement), outlined = link?.closest("#map-outline li"), top = outlined?.getBoundingClientRect().top;
    swap(page, held);
    if (push) history.pushState({ map: (history.state?.map || 0) + 1 }, "", address.split("#")[0]);
    if (focused) cardOf(current)?.querySelector(".page").focus({ preventScroll: true });
    const item = outlined && all(document, "#map-outline li").find(one => one.dataset.key === outlined.dataset.key);
    if (item) { scrollBy({ top: item.getBoundingClientRect().top - top, behavior: "instant" }); item.querySelector("summary, a").focus({ preventScroll: true }); }
    const more = keys().filter(key => !before.has(key)).length, fewer = before.size + more - keys().length;
    say([more && `${more} ${more === 1 ? "card" : "cards"} more`, fewer && `${fewer} fewer`].filter(Boolean).join(", ") || "The same cards");
  } catch (error) {
    if (error.name !== "AbortError") say(error instanceof TypeError ? "The map could not be loaded. Check the connection, and try again." : error.message, true);
  } finally { figure().classList.remove("busy"); }
}

function swap(page, held) {
  const kept = cardOf(held) && all(page, "#map-figure .card").some(card => card.dataset.key === held) ? held : "question";
  const at = shownAt(kept);
  for (const part of ["#map-figure .canvas", "#map-figure .steps", "#map-figure figcaption", "#map-outline"]) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
  const { focus, laid } = page.getElementById("map-figure").dataset, same = laid === figure().dataset.laid;
  Object.assign(figure().dataset, { focus, laid });
  if (focus && !same) current = focus;
  if (!cardOf(current)) current = cardOf(figure().dataset.focus) ? figure().dataset.focus : "question";
  whole = box();
  grow();
  if (same) hold(...place(kept).slice(0, 2), ...at); else centre();
  rove();
}

// The keyboard: one stop of the tab key, arrows from there

function rove(key = current) {
  current = cardOf(key) ? key : cards()[0].dataset.key;
  for (const link of all(canvas(), "a")) link.setAttribute("tabindex", "-1");
  cardOf(current).querySelector(".page").setAttribute("tabindex", "0");
}

function reveal(key) {
  const [x, y, width, height] = place(key), [left, top] = shownAt(key), room = 12;
  const by = (start, size, whole) => start < room ? room : start + size * scale > whole - room ? Math.max(room, whole - room - size * scale) : start;
  hold(x, y, by(left, width, view().clientWidth), by(top, height, view().clientHeight));
}

function next(key, arrow) {
  const near = (from, to) => edges().filter(edge => edge.dataset[from] === key && edge.dataset[to] !== key).map(edge => edge.dataset[to]);
  const [x, y, width, height] = place(key), middle = y + height / 2;
  if (arrow === "ArrowLeft") return near("tail", "head").find(other => place(other)[0] < x);
  const distance = other => Math.abs(place(other)[1] + place(other)[3] / 2 - middle);
  if (arrow === "ArrowRight") return near("head", "tail").filter(other => place(other)[0] > x).sort((a, b) => distance(a) - distance(b))[0];
  const below = arrow === "ArrowDown";
  return keys().filter(other => place(other)[0] === x && (below ? place(other)[1] > y : place(other)[1] < y)).sort((a, b) => distance(a) - distance(b))[0];
}

function press(event) {
  const card = event.target.closest?.(".card");
  if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = selector => card.querySelector(selector);
  const move = key => { if (key) { rove(key); reveal(key); cardOf(key).querySelector(".page").focus({ preventScroll: true }); } };
  const wanted = { f: ".act.focus", d: ".badge", p: ".page" }[event.key.toLowerCase()];
  if (event.key.startsWith("Arrow")) move(next(card.dataset.key, event.key));
  else if (event.key === "Home") move("question");
  else if (event.key === "Enter" && event.target.matches(".page") && act(".act.open, .act.close")) go((act(".act.open") || act(".act.close")).href.baseVal);
  else if (event.key === "Escape") history.state?.map ? history.back() : move("question");
  else if (wanted && act(wanted)) wanted === ".act.focus" ? go(act(wanted).href.baseVal) : location.assign(act(wanted).href.baseVal);
  else return;
  event.preventDefault();
}

// The mouse

let drag = null;
function grab(event) {
  if (event.button || event.pointerType !== "mouse") return;
  drag = { x: event.clientX, y: event.clientY, left: view().scrollLeft, top: view().scrollTop, moved: false };
}
function pull(event) {
  if (!drag) return;
  const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.moved && Math.hypot(x, y) < 5) return;
  drag.moved = true;
  figure().classList.add("dragging");
  view().scrollLeft = drag.left - x;
  view().scrollTop = drag.top - y;
}
const release = () => { const moved = drag?.moved; figure()?.classList.remove("dragging"); drag = moved ? { ended: true } : null; if (moved) setTimeout(() => { drag = null; }); };

function click(event) {
  if (drag?.ended) return event.preventDefault();
  const link = event.target.closest?.("#map-figure .act, #map-figure .step, #map-outline .act");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const card = link.closest(".card, li[data-key]");
  if (card && cardOf(card.dataset.key)) current = card.dataset.key;
  go(link.href.baseVal ?? link.href, { held: current, link });
}

function tools() {
  const made = document.createElement("div");
  made.className = "tools";
  for (const [sign, name, act] of [["−", "Zoom out", () => zoom(1 / 1.25)], ["+", "Zoom in", () => zoom(1.25)], ["Fit", "Fit the whole map", fit]]) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "tool" });
    button.dataset.sign = sign;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", act);
    made.append(button);
  }
  return made;
}

function start() {
  if (!figure()) return;
  figure().querySelector(".controls").append(tools());
  figure().classList.add("live");
  view().removeAttribute("tabindex");
  view().setAttribute("aria-describedby", "map-help");
  whole = box();
  const [, key] = decodeURIComponent(location.hash).split("#card-");
  current = cards().find(card => key && card.id === `card-${key}`)?.dataset.key || figure().dataset.focus || "question";
  grow();
  centre();
  rove();
  const hidden = location.hash && byId(decodeURIComponent(location.hash.slice(1)))?.dataset.state;
  if (hidden) go(hidden, { push: false });
  view().addEventListener("pointerdown", grab);
  view().addEventListener("dragstart", event => event.preventDefault());
  view().addEventListener("wheel", event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const frame = view().getBoundingClientRect();
    zoom(Math.exp(-event.deltaY / 300), event.clientX - frame.left, event.clientY - frame.top);
  }, { passive: false });
  view().addEventListener("keydown", press);
  view().addEventListener("focusin", event => { const card = event.target.closest(".card"); if (card) { rove(card.dataset.key); light(card.dataset.key); } });
  view().addEventListener("focusout", dim);
  view().addEventListener("pointerover", event => { const card = event.target.closest(".card"); card ? light(card.dataset.key) : dim(); });
  view().addEventListener("pointerleave", dim);
}

addEventListener("pointermove", pull);
addEventListener("pointerup", release);
addEventListener("click", click, true);
// On paper there is no room around the map.
addEventListener("beforeprint", () => { if (figure()) show(whole); });
addEventListener("popstate", () => { if (figure()) go(location.href, { push: false }); });
document.addEventListener("map:replaced", start);
// Another page that has the same map, as a what-if fetches it: its cards take the places of those here.
document.addEventListener("map:page", event => { if (figure()) swap(event.detail, current); });
start();
}
