/* What if, without reloading: each choice fetches its changes, then the word of the answer, then the rest of the page. */
(() => {
  const part = (name, root = document) => root.querySelector(`[data-what-if="${name}"]`);
  let running = new AbortController();
  let waiting = 0;
  let typedIn = null;

  const page = async (address, signal) => {
    const answer = await fetch(address, { signal });
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok) return read;
    const why = read.querySelector("main p:not(.kicker)")?.textContent.trim();
    throw new Error(why || "The server could not answer.");
  };

  const isChoice = (name) => /^(without|voice|take|accept|reject|part|(take|assume|decide)\..*)$/.test(name);

  const chosenIn = (query) => String(new URLSearchParams([...new URLSearchParams(query)].filter(([name]) => isChoice(name) || name === "at")));

  let shown = chosenIn(location.search);

  const say = (text) => {
    part("status").textContent = text;
  };

  const swap = (from, to) => {
    const made = [...to.querySelectorAll("details")];
    const old = [...from.querySelectorAll("details")];
    if (made.length === old.length) made.forEach((details, at) => { details.open = old[at].open; });
    from.replaceWith(to);
    to.dispatchEvent(new CustomEvent("kb:swapped", { bubbles: true }));
  };

  // The page of the changes alone links to itself; here its links lead to the page that they stand on.
  const adopted = (node, quick) => {
    for (const link of node.querySelectorAll("a")) {
      const to = new URL(link.href, location.href);
      if (to.pathname === quick) link.setAttribute("href", location.pathname + to.search);
    }
    return node;
  };

  const named = (root) => {
    const count = {};
    const key = (node) => {
      const name = node.id || node.getAttribute("aria-labelledby") || node.getAttribute("aria-label") || node.tagName + node.className;
      count[name] = (count[name] ?? 0) + 1;
      return `${name} ${count[name]}`;
    };
    return new Map([...root.children].map((node) => [key(node), node]));
  };

  const hasMap = (node) => node.querySelector("#map-figure") !== null;

  // Whatever differs on the page is swapped and the rest left alone, so that neither focus nor scrolling is lost. The
  // map puts its own cards in place.
  const settle = (root, read, page) => {
    const panel = root.querySelector(":scope > .what-if");
    const old = named(root);
    const made = named(read);
    let before = null;
    for (const [name, node] of old) if (!made.has(name)) node.remove();
    for (const [name, node] of made) {
      const known = old.get(name);
      const place = known ?? node;
      if (!known) before ? before.after(node) : root.prepend(node);
      else if (hasMap(known) && hasMap(node)) document.dispatchEvent(new CustomEvent("map:page", { detail: page }));
      else if (known !== panel && known.tagName !== "NAV" && known.outerHTML !== node.outerHTML) {
        swap(known, node);
        if (hasMap(node)) document.dispatchEvent(new Event("map:replaced"));
      }
      before = place.isConnected ? place : node;
    }
  };

  const show = async (query, withForm) => {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    const { quick } = part("form").dataset;
    shown = chosenIn(query);
    part("outcome").setAttribute("aria-busy", "true");
    try {
      const choices = chosenIn(query);
      for (const wanted of choices ? ["changes", "word"] : []) {
        const first = await page(`${quick}?${choices}&part=${wanted}`, signal);
        swap(part("outcome"), adopted(part("outcome", first), quick));
      }
      const read = await page(location.pathname + query, signal);
      const home = (root) => (root.querySelector(".what-if") ?? part("form", root)).parentElement;
      swap(part("outcome"), part("outcome", read));
      if (withForm) {
        swap(part("form"), part("form", read));
        start();
      }
      if (document.querySelector(".what-if")) settle(home(document), home(read), read);
      say(part("outcome").querySelector(".changes li")?.textContent.trim() ?? "Nothing is chosen: this is the answer as recorded.");
    } catch (error) {
      if (error.name === "AbortError") return;
      part("outcome").removeAttribute("aria-busy");
      say(error instanceof TypeError ? "The server cannot be reached. Nothing was lost; try again." : error.message);
    }
  };

  // What is opened on the map may have changed since the form and the links were made: that is read from the address.
  const search = (choices) => {
    const others = [...new URLSearchParams(location.search)].filter(([name]) => !isChoice(name));
    const given = [...others, ...[...choices].filter(([name, text]) => isChoice(name) && text.trim())];
    return given.length ? `?${new URLSearchParams(given)}` : "";
  };

  const choose = (field) => {
    const chosen = search(new FormData(part("form")));
    if (chosen === location.search) return;
    // Going back undoes a whole value, not each letter of it.
    history[field && field === typedIn ? "replaceState" : "pushState"](null, "", location.pathname + chosen);
    typedIn = field;
    show(chosen, false);
  };

  const slide = (slider) => {
    const field = document.getElementById(slider.dataset.for);
    slider.hidden = false;
    slider.parentElement.querySelector(".ends").hidden = false;
    slider.addEventListener("input", () => {
      field.value = slider.dataset.before + slider.value + slider.dataset.after;
    });
    field.addEventListener("input", () => {
      const [number] = field.value.replaceAll(",", "").match(/-?\d+(\.\d+)?/) ?? [];
      if (number) slider.value = number;
    });
  };

  const start = () => {
    const form = part("form");
    form.dataset.live = "";
    form.querySelectorAll('input[type="range"]').forEach(slide);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      choose(null);
    });
    form.addEventListener("input", ({ target }) => {
      const field = target.dataset.for ?? (target.type === "text" ? target.id : null);
      clearTimeout(waiting);
      waiting = setTimeout(choose, field ? 200 : 0, field);
    });
  };

  // Links of the panel, of the banner and of the hinges lead to states of this page.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('[data-what-if="outcome"] a, [data-what-if="form"] a, .what-if-banner a, a[data-what-if="hinge"]');
    if (!link || !part("form") || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || to.pathname !== location.pathname || to.hash) return;
    event.preventDefault();
    typedIn = null;
    const chosen = search(to.searchParams);
    history.pushState(null, "", to.pathname + chosen);
    show(chosen, true);
    if (link.dataset.whatIf === "hinge") document.getElementById("what-if")?.scrollIntoView();
    else document.getElementById("what-if")?.focus();
  });
  // Going back to another state of the map is for the map.
  window.addEventListener("popstate", () => {
    if (part("form") && chosenIn(location.search) !== shown) show(location.search, true);
  });

  if (part("form")) start();
})();
