// The argument map without loading the page anew: links fetch the same address and swap the map and its outline.
// Nothing on screen moves when something is opened: one card is held where it is, and room is made around it.
"use strict";
{
const byId = id => document.getElementById(id), all = (root, selector) => [...root.querySelectorAll(selector)];
const figure = () => byId("map-figure"), view = () => figure().querySelector(".scroll"), canvas = () => figure().querySelector(".canvas");
const cards = () => all(canvas(), ".card"), edges = () => all(canvas(), ".edge"), keys = () => cards().map(card => card.dataset.key);
const cardOf = key => cards().find(card => card.dataset.key === key), keyAt = node => node?.closest?.(".card")?.dataset.key;
const size = () => [view().clientWidth, view().clientHeight];
const between = (low, number, high) => Math.max(low, Math.min(number, high));
const NAMES = ["open", "focus", "hops"], PARTS = ["#map-figure .canvas", "#map-figure .steps", "#map-figure figcaption", "#map-outline"];

let scale = 1, whole, current = "question", request, drag, seen, others, inside = false;  // whole: the view box as the server made it

// Where things are

const box = () => { const { x, y, width, height } = canvas().viewBox.baseVal; return { x, y, width, height }; };
const place = key => ["x", "y", "width", "height"].map(name => +(cardOf(key) || cards()[0]).querySelector(".face").getAttribute(name));
const corner = () => { const at = box(); return [at.x + view().scrollLeft / scale, at.y + view().scrollTop / scale]; };
const shownAt = key => { const [x, y] = place(key), [left, top] = corner(); return [(x - left) * scale, (y - top) * scale]; };

function show({ x, y, width, height }) {
  for (const [name, text] of [["viewBox", `${x} ${y} ${width} ${height}`], ["width", width * scale], ["height", height * scale]]) canvas().setAttribute(name, text);
}

// Shows the point (x, y) of the drawing at (left, top) of the view, with as much room around it as that takes.
function hold(x, y, left, top) {
  const [wide, high] = size(), from = [x - left / scale, y - top / scale];
  const first = [Math.min(whole.x, from[0]), Math.min(whole.y, from[1])];
  const last = [Math.max(whole.x + whole.width, from[0] + wide / scale), Math.max(whole.y + whole.height, from[1] + high / scale)];
  show({ x: first[0], y: first[1], width: last[0] - first[0], height: last[1] - first[1] });
  view().scrollTo({ left: (from[0] - first[0]) * scale, top: (from[1] - first[1]) * scale, behavior: "instant" });
}

// The view grows with the map and never shrinks, so that nothing below the reader's eye jumps back.
function grow(least = view().offsetHeight) {
  const most = Math.min(736, innerHeight * 0.82);
  view().style.height = `${between(Math.min(whole.height * scale + 2, most), least, most)}px`;
}

// The whole map in the middle of the view; where it is larger, the card that matters.
function centre() {
  const [x, y, ...extent] = place(current), [wide, high] = size();
  const middle = (start, extent, first, length, room) => length <= room ? first + length / 2 : between(first + room / 2, start + extent / 2, first + length - room / 2);
  hold(middle(x, extent[0], whole.x, whole.width, wide / scale), middle(y, extent[1], whole.y, whole.height, high / scale), wide / 2, high / 2);
}

function fit() {
  scale = between(0.1, Math.min(size()[0] / whole.width, size()[1] / whole.height), 1);
  centre();
}

function zoom(factor, left = size()[0] / 2, top = size()[1] / 2) {
  const [x, y] = corner().map((at, axis) => at + [left, top][axis] / scale);
  scale = between(0.1, scale * factor, 2);
  hold(x, y, left, top);
}

// Scrolls as little as it takes to see the cards of these keys, or the nearest to a card where they have no room; that
// card stays in sight.
function reveal(keys, near) {
  const boxes = keys.map(place), [left, top] = corner(), room = size().map(extent => extent / scale), from = place(near);
  const around = at => [Math.min(...boxes.map(box => box[at])), Math.max(...boxes.map(box => box[at] + box[at + 2]))];
  const away = box => Math.hypot(box[0] - from[0], box[1] - from[1]);
  const nearest = boxes.reduce((one, other) => away(other) < away(one) ? other : one);
  const [x, y] = [left, top].map((first, at) => {
    let [start, end] = around(at);
    if (end - start + 24 > room[at]) [start, end] = [nearest[at], nearest[at] + nearest[at + 2]];
    const by = start < first ? start - first - 12 : Math.max(0, end - first - room[at] + 12);
    return between(from[at] + from[at + 2] - first - room[at] + 12, by, from[at] - first - 12);
  });
  view().scrollBy({ left: x * scale, top: y * scale });
}

const isSeen = key => {
  const [x, y, ...extent] = place(key), [left, top] = corner(), [wide, high] = size().map(room => room / scale);
  return x >= left && y >= top && x + extent[0] <= left + wide && y + extent[1] <= top + high;
};

// What is on screen stays where it is; whoever wants to see what lies beyond it asks for it.
function offer(keys) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: keys.length > 1 ? "Show them" : "Show it" });
  button.addEventListener("click", () => reveal(keys, current));
  figure().querySelector(".said").append(" ", button);
}

// The path to the question

function light(key) {
  const by = new Map([[key, null]]), on = new Set([key]);
  for (const tail of by.keys()) for (const edge of edges()) if (edge.dataset.tail === tail && !by.has(edge.dataset.head)) by.set(edge.dataset.head, edge);
  for (let edge = by.get("question"); edge; edge = by.get(edge.dataset.tail)) on.add(edge).add(edge.dataset.head).add(edge.dataset.tail);
  for (const part of [...cards(), ...edges()]) part.classList.toggle("on", on.has(part) || on.has(part.dataset.key));
  figure().classList.add("lit");
}
const dim = () => figure().classList.remove("lit");

// Other states of the map

function say(textContent, isProblem = false) {
  Object.assign(figure().querySelector(".said"), { textContent, className: isProblem ? "said problem" : "said" });
}

async function load(address) {
  request?.abort();
  request = new AbortController();
  const answer = await fetch(address, { signal: request.signal });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (answer.ok && page.getElementById("map-figure")) return page;
  throw new Error(page.querySelector("main p:not(.kicker)")?.textContent || `The server answered ${answer.status}.`);
}

async function go(address, { push = true, held = current, link = null } = {}) {
  figure().classList.add("busy");
  try {
    const { laid } = figure().dataset, page = await load(address), before = new Set(keys()), focused = canvas().contains(document.activeElement);
    const outlined = link?.closest("#map-outline li"), top = outlined?.getBoundingClientRect().top;
    swap(page, held);
    if (push) history.pushState({ map: (history.state?.map || 0) + 1 }, "", address.split("#")[0]);
    carry();
    if (focused) enter();
    const item = outlined && all(document, "#map-outline li").find(one => one.dataset.key === outlined.dataset.key);
    if (item) {
      scrollBy({ top: item.getBoundingClientRect().top - top, behavior: "instant" });
      item.querySelector("summary, a").focus({ preventScroll: true });
    }
    const added = keys().filter(key => !before.has(key)), more = added.length, fewer = before.size + more - keys().length;
    say([more && `${more} ${more === 1 ? "card" : "cards"} more`, fewer && `${fewer} fewer`].filter(Boolean).join(", ") || "The same cards");
    if (laid === figure().dataset.laid && !added.every(isSeen)) offer(added);
  } catch (error) {
    if (error.name !== "AbortError") say(error instanceof TypeError ? "The map could not be loaded. Check the connection, and try again." : error.message, true);
  } finally { figure().classList.remove("busy"); }
}

function swap(page, held) {
  const kept = cardOf(held) && all(page, "#map-figure .card").some(card => card.dataset.key === held) ? held : "question", at = shownAt(kept);
  for (const part of PARTS) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
  const { focus, laid } = page.getElementById("map-figure").dataset, same = laid === figure().dataset.laid;
  Object.assign(figure().dataset, { focus, laid });
  if (focus && !same) current = focus;
  whole = box();
  rove();
  grow();
  if (same) hold(...place(kept).slice(0, 2), ...at); else centre();
}

function rest() {
  const other = new URLSearchParams(location.search);
  NAMES.forEach(name => other.delete(name));
  return `${other}`;
}

// What else leads to this page keeps the state of the map.
function carry() {
  const now = new URLSearchParams(location.search);
  for (const link of all(document, "main a[href*='?']:not(#map-figure a, #map-outline a)")) {
    const to = new URL(link.href);
    if (to.pathname !== location.pathname) continue;
    for (const name of NAMES) now.has(name) ? to.searchParams.set(name, now.get(name)) : to.searchParams.delete(name);
    link.href = to.pathname + to.search + to.hash;
  }
  for (const form of all(document, "main form[method=get]")) {
    for (const name of NAMES) {
      all(form, `input[type=hidden][name=${name}]`).forEach(old => old.remove());
      if (now.has(name)) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value: now.get(name) }));
    }
  }
}

// The keyboard: one stop of the tab key, arrows from there

function rove(key = current) {
  current = cardOf(key) ? key : "question";
  for (const link of all(canvas(), "a")) link.setAttribute("tabindex", link === cardOf(current).querySelector(".page") ? "0" : "-1");
}
const enter = () => cardOf(current).querySelector(".page").focus({ preventScroll: true });

function move(key) {
  if (!key) return;
  rove(key);
  const [x, y, ...extent] = place(key), at = shownAt(key);
  hold(x, y, ...at.map((start, axis) => between(12, start, Math.max(12, size()[axis] - 12 - extent[axis] * scale))));
  enter();
}

function next(key, arrow) {
  const [x, y] = place(key), middle = other => place(other)[1] + place(other)[3] / 2;
  const near = (from, to) => edges().filter(edge => edge.dataset[from] === key && edge.dataset[to] !== key).map(edge => edge.dataset[to]);
  if (arrow === "ArrowLeft") return near("tail", "head").find(other => place(other)[0] < x);
  const wanted = arrow === "ArrowRight" ? near("head", "tail").filter(other => place(other)[0] > x)
    : keys().filter(other => place(other)[0] === x && (arrow === "ArrowDown" ? place(other)[1] > y : place(other)[1] < y));
  return wanted.sort((one, other) => Math.abs(middle(one) - middle(key)) - Math.abs(middle(other) - middle(key)))[0];
}

function press(event) {
  const key = keyAt(event.target);
  if (!key || event.ctrlKey || event.metaKey || event.altKey) return;
  const link = selector => selector && cardOf(key).querySelector(selector)?.href.baseVal;
  const toggle = link(".act.open") || link(".act.close"), pressed = event.key.toLowerCase(), to = link({ f: ".act.focus", d: ".badge", p: ".page" }[pressed]);
  if (pressed.startsWith("arrow")) move(next(key, event.key));
  else if (pressed === "enter" && toggle && event.target.matches(".page")) go(toggle);
  else if (pressed === "escape") history.state?.map ? history.back() : move("question");
  else if (to) pressed === "f" ? go(to) : location.assign(to);
  else return;
  event.preventDefault();
}

// The mouse

function pull({ clientX, clientY }) {
  if (!drag || drag.ended) return;
  const [x, y] = [clientX - drag.x, clientY - drag.y];
  drag.moved ||= Math.hypot(x, y) > 4;
  if (!drag.moved) return;
  figure().classList.add("dragging");
  view().scrollTo({ left: drag.left - x, top: drag.top - y, behavior: "instant" });
}

// The click that ends a drag follows no link.
function release() {
  if (!drag) return;
  figure()?.classList.remove("dragging");
  drag = drag.moved && { ended: true };
  setTimeout(() => { drag = null; });
}

function click(event) {
  if (drag?.ended) return event.preventDefault();
  const link = event.target.closest?.("#map-figure .act, #map-figure .step, #map-outline .act[rel]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { key } = link.closest("[data-key]")?.dataset || {};
  if (key && cardOf(key)) current = key;
  go(link.href.baseVal ?? link.href, { link });
}

function start() {
  const tools = figure().querySelector(".tools"), listen = (name, act, options) => view().addEventListener(name, act, options);
  tools.hidden = false;
  tools.onclick = ({ target }) => ({ "−": () => zoom(0.8), "+": () => zoom(1.25), Fit: fit })[target.dataset.sign]?.();
  figure().classList.add("live");
  view().removeAttribute("tabindex");
  view().setAttribute("aria-describedby", "map-help");
  whole = box();
  others = rest();
  listen("scroll", () => { seen = { at: corner(), high: view().offsetHeight, laid: figure().dataset.laid }; });
  listen("pointerdown", event => { if (!event.button && event.pointerType === "mouse") drag = { x: event.clientX, y: event.clientY, left: view().scrollLeft, top: view().scrollTop }; });
  listen("dragstart", event => event.preventDefault());
  listen("wheel", event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const frame = view().getBoundingClientRect();
    zoom(Math.exp(-event.deltaY / 300), event.clientX - frame.left, event.clientY - frame.top);
  }, { passive: false });
  listen("keydown", press);
  listen("focusin", event => { inside = true; if (keyAt(event.target)) { rove(keyAt(event.target)); light(current); } });
  listen("focusout", event => { inside = !event.relatedTarget; dim(); });
  listen("pointerover", event => keyAt(event.target) ? light(keyAt(event.target)) : dim());
  listen("pointerleave", dim);
}

function open() {
  const mark = decodeURIComponent(location.hash.slice(1));
  current = cards().find(card => card.id === mark)?.dataset.key || figure().dataset.focus || "question";
  start();
  grow(0);
  rove();
  centre();
}

addEventListener("pointermove", pull);
addEventListener("pointerup", release);
addEventListener("click", click, true);
addEventListener("beforeprint", () => { if (figure()) show(whole); });  // on paper there is no room around the map
// A step back to other choices of the page is for the script of those.
addEventListener("popstate", event => {
  if (!figure() || others !== rest()) return;
  event.stopImmediatePropagation();
  go(location.href, { push: false });
});
// Another script has swapped the part of the page with the map in it: it goes on where it was.
document.addEventListener("kb:swapped", event => {
  if (!figure() || !event.target.contains(figure())) return;
  const was = seen;
  start();
  rove();
  grow(was?.high);
  if (was?.laid === figure().dataset.laid) hold(...was.at, 0, 0); else centre();
  if (inside && document.activeElement === document.body) enter();
});
if (figure()) open();
}
