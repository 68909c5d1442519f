/* Loads the sheet of a calculation when its entry is opened, and marks where a reader is on a long page. */
(() => {
  const load = async (entry) => {
    const place = entry.querySelector(".more");
    const status = document.createElement("p");
    status.className = "meta";
    status.setAttribute("role", "status");
    status.textContent = "Loading …";
    place.before(status);
    try {
      const answer = await fetch(entry.dataset.src);
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const sheet = page.querySelector("[data-sheet]");
      for (const named of sheet.querySelectorAll("[id]")) named.removeAttribute("id");
      for (const labelled of sheet.querySelectorAll("[aria-labelledby]")) labelled.removeAttribute("aria-labelledby");
      place.before(...sheet.children);
      status.remove();
    } catch {
      status.textContent = "It could not be loaded. Follow the link instead.";
      delete entry.dataset.loaded;
    }
  };

  // Entries may be replaced while the page is open, and "toggle" does not bubble.
  document.addEventListener("toggle", ({ target: entry }) => {
    if (!entry.dataset?.src || !entry.open || entry.dataset.loaded) return;
    entry.dataset.loaded = "yes";
    load(entry);
  }, true);

  const links = [...document.querySelectorAll(".contents a")];
  const mark = () => {
    // Sections may be replaced while the page is open.
    const targets = links.map((link) => document.getElementById(link.hash.slice(1)));
    const line = window.innerHeight / 3;
    const passed = targets.filter((target) => target && target.getBoundingClientRect().top <= line);
    const current = passed.at(-1) ?? targets.find(Boolean);
    links.forEach((link, at) => {
      if (targets[at] && targets[at] === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
  };
  if (links.length) {
    document.addEventListener("scroll", mark, { passive: true });
    mark();
  }
})();
