/* What if, without reloading: each choice fetches the changes at once, then the page with the word of the answer. */
(() => {
  const part = (name, root = document) => root.querySelector(`[data-what-if="${name}"]`);
  const parse = (text) => new DOMParser().parseFromString(text, "text/html");
  let running = new AbortController();
  let waiting = 0;

  const page = async (address, signal) => {
    const answer = await fetch(address, { signal, headers: { accept: "text/html" } });
    const read = parse(await answer.text());
    if (answer.ok) return read;
    throw new Error(read.querySelector("main p")?.textContent.trim() || "The server could not answer.");
  };

  const say = (text) => {
    part("status").textContent = text;
  };

  // The page of the changes alone links to itself; here its links lead to the page that they stand on.
  const adopted = (node, quick) => {
    for (const link of node.querySelectorAll("a")) {
      const to = new URL(link.href, location.href);
      if (to.pathname === quick) link.setAttribute("href", location.pathname + to.search);
    }
    return node;
  };

  const swap = (from, to) => {
    from.replaceWith(to);
    to.dispatchEvent(new CustomEvent("kb:swapped", { bubbles: true }));
  };

  const showChanges = (read) => swap(part("outcome"), adopted(part("outcome", read), part("form").dataset.quick));

  const showAll = (read, withForm) => {
    for (const old of document.querySelectorAll("[data-what-if-region]")) {
      const made = read.querySelector(`[data-what-if-region="${old.dataset.whatIfRegion}"]`);
      if (made) swap(old, made);
    }
    swap(part("outcome"), part("outcome", read));
    if (withForm) {
      swap(part("form"), part("form", read));
      start();
    }
  };

  const told = () => part("outcome").querySelector(".changes li")?.textContent.trim() || "Nothing is chosen.";

  const show = async (search, withForm) => {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    const quick = part("form").dataset.quick;
    part("outcome").setAttribute("aria-busy", "true");
    try {
      const whole = page(location.pathname + search, signal);
      whole.catch(() => {});
      const between = search.includes("=") ? `${search}&part=changes` : "?part=changes";
      showChanges(await page(quick + between, signal));
      showAll(await whole, withForm);
      say(told());
    } catch (error) {
      if (error.name === "AbortError") return;
      part("outcome").removeAttribute("aria-busy");
      say(error.message);
    }
  };

  const query = (form) => {
    const given = [...new FormData(form)].filter(([, text]) => text.trim());
    return given.length ? `?${new URLSearchParams(given)}` : "";
  };

  const choose = () => {
    const search = query(part("form"));
    if (search === location.search) return;
    history.pushState(null, "", location.pathname + search);
    show(search, false);
  };

  const number = (slider, text) => {
    const found = text.replaceAll(",", "").match(/-?\d+(\.\d+)?/);
    return found && !/[kMbB]|thousand|million|billion/.test(text.slice(found.index + found[0].length, found.index + found[0].length + 9)) ? found[0] : slider.value;
  };

  const slide = (slider) => {
    const field = document.getElementById(slider.dataset.for);
    slider.hidden = false;
    slider.parentElement.querySelector(".ends").hidden = false;
    slider.addEventListener("input", () => {
      field.value = slider.dataset.before + slider.value + slider.dataset.after;
    });
    field.addEventListener("input", () => {
      slider.value = number(slider, field.value);
    });
  };

  const start = () => {
    const form = part("form");
    form.dataset.live = "";
    form.querySelectorAll('input[type="range"]').forEach(slide);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      choose();
    });
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(choose, 150);
    });
  };

  // Links of the panel and of the hinges lead to states of this page.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('[data-what-if="outcome"] a, [data-what-if="form"] a, a[data-what-if="hinge"]');
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || to.pathname !== location.pathname) return;
    event.preventDefault();
    history.pushState(null, "", to.pathname + to.search);
    show(to.search, true);
    if (link.dataset.whatIf === "hinge") document.getElementById("what-if")?.scrollIntoView();
  });
  window.addEventListener("popstate", () => part("form") && show(location.search, true));

  if (part("form")) start();
})();
