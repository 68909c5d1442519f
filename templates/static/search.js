/* Finds pages of a site of files. Every word must occur in the title, the name or the other words of a page. */
(() => {
  const root = new URL("..", document.currentScript.src);
  const most = 50;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let folded;

  const found = (words) => {
    folded ??= KB_PAGES.map(([, title, label, more]) => [fold(title), fold(`${title} ${label} ${more}`)]);
    const matches = [...KB_PAGES.keys()].filter((at) => words.every((word) => folded[at][1].includes(word)));
    const inTitle = (at) => words.every((word) => folded[at][0].includes(word));
    return [...matches.filter(inTitle), ...matches.filter((at) => !inTitle(at))];
  };

  const entry = ([path, title, label]) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const beside = document.createElement("span");
    link.href = new URL(path.split("/").map(encodeURIComponent).join("/"), root).href;
    link.textContent = title;
    beside.className = "meta";
    beside.textContent = label;
    item.append(link, " ", beside);
    return item;
  };

  const start = () => {
    const box = document.querySelector(".find");
    const input = box.querySelector("input");
    const list = box.querySelector("ol");
    const status = box.querySelector("#found");
    const show = () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      const matches = words.length ? found(words) : [];
      const count = matches.length;
      status.textContent = !words.length ? "" : count > most ? `the first ${most} of ${count} pages` : count === 1 ? "1 page" : `${count} pages`;
      list.replaceChildren(...matches.slice(0, most).map((at) => entry(KB_PAGES[at])));
    };
    input.addEventListener("input", show);
    box.hidden = false;
    if (input.value) show();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
