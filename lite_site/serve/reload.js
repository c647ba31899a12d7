/* In a page of the preview: reloads it when a new site stands, and says when the last build failed. */
"use strict";
(() => {
  const { build, events } = document.currentScript.dataset;
  const source = new EventSource(events);
  let note = null;

  const add = (parent, tag, text, style) => {
    const element = parent.appendChild(document.createElement(tag));
    element.textContent = text;
    element.style.cssText = style;
    return element;
  };

  const dismiss = () => {
    note?.remove();
    note = null;
  };

  const tell = ({ texts, problems }) => {
    dismiss();
    const words = texts[document.documentElement.lang.startsWith("fr") ? "fr" : "en"];
    note = add(document.body, "div", "", "position:fixed;inset:auto 1rem 1rem auto;z-index:100000;box-sizing:border-box;"
      + "width:min(30rem,calc(100vw - 2rem));max-height:50vh;overflow:auto;padding:.75rem 1rem;border:2px solid;"
      + "border-radius:8px;background:#fdf0dc;color:#5c2f08;font:1rem/1.45 system-ui,sans-serif");
    note.setAttribute("role", "status");
    note.setAttribute("data-preview-note", "");
    add(note, "strong", words.said, "display:block");
    for (const problem of problems) add(note, "p", problem, "margin:.4rem 0;overflow-wrap:anywhere").lang = "en";
    const button = add(note, "button", words.close, "min-height:2.2rem;padding:.2rem .9rem;font:inherit;cursor:pointer");
    button.type = "button";
    button.addEventListener("click", dismiss);
  };

  source.addEventListener("built", (event) => event.data === build || location.reload());
  source.addEventListener("failed", (event) => tell(JSON.parse(event.data)));
  addEventListener("pagehide", () => source.close());
})();
