/* Marks the lessons edited in this browser, and erases the work kept in it: for this site's courses only. */
"use strict";
(() => {
  const dialog = document.getElementById("erase");
  if (!dialog?.showModal) return;
  const opener = document.getElementById("erase-open");
  const status = document.getElementById("erase-status");
  const { root, courses, course } = dialog.dataset;
  const site = new URL(`${root}/`, location.href).pathname;
  const bases = courses.split(" ").filter(Boolean).map((slug) => `${site}${slug}/`);
  const here = course && `${site}${course}/`;
  const [drive, records] = ["JupyterLite Storage - ", "passerelle - "];

  const say = (word) => { status.textContent = status.dataset[word]; };

  const settle = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  const listKeys = async (name, store) => {
    const request = indexedDB.open(name);
    // Opening makes it: undo that.
    request.onupgradeneeded = () => request.transaction.abort();
    const database = await settle(request);
    try {
      return await settle(database.transaction(store).objectStore(store).getAllKeys());
    } finally {
      database.close();
    }
  };

  const markEdited = async () => {
    if (!here) return;
    const edited = new Set(await listKeys(drive + here, "files").catch(() => []));
    const marks = [...document.querySelectorAll("[data-edited]")];
    for (const mark of marks) mark.hidden = !edited.has(mark.dataset.edited);
    document.querySelector("[data-work]").hidden = marks.every((mark) => mark.hidden);
  };

  // Courses taken off the site.
  const listPastBases = async () => ((await indexedDB.databases?.()) ?? [])
    .filter(({ name }) => name.startsWith(records + site))
    .map(({ name }) => name.slice(records.length))
    .filter((base) => /^[^/]+\/$/.test(base.slice(site.length)));

  // "/c/" is mentioned in "x - /c/y", not in "x - /other-site/c/y".
  const mentions = (text, base) => text.replaceAll(location.origin, " ").split(base).slice(0, -1)
    .some((before) => !/[\w.~%/-]$/.test(before));

  const eraseCaches = async (isGone) => {
    if (!window.caches) return;
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        if (isGone(new URL(request.url).pathname)) await cache.delete(request);
      }
    }
  };

  const eraseDatabase = (name) => {
    const request = indexedDB.deleteDatabase(name);
    request.onblocked = () => say("blocked");
    return settle(request);
  };

  const erase = async (whole) => {
    const gone = whole ? [...bases, ...await listPastBases()] : [here];
    new BroadcastChannel("passerelle erase").postMessage(gone);
    const folders = whole ? [...gone, `${site}_passerelle/`] : gone;
    for (const storage of [localStorage, sessionStorage]) {
      // A sign-in left half-way holds an address.
      Object.entries(storage)
        .filter(([key, value]) => gone.some((base) => mentions(key === "passerelle.sign-in" ? value : key, base)))
        .forEach(([key]) => storage.removeItem(key));
    }
    await eraseCaches((path) => folders.some((folder) => path.startsWith(folder))
      || (whole && path.replace(/[^/]*$/, "") === site));
    const worker = whole && await navigator.serviceWorker?.getRegistration(site);
    if (worker && new URL(worker.scope).pathname === site) await worker.unregister();
    await Promise.all(gone.flatMap((base) => [drive + base, records + base]).map(eraseDatabase));
  };

  opener.addEventListener("click", () => { status.textContent = ""; dialog.showModal(); });
  dialog.addEventListener("submit", ({ submitter, target }) => {
    if (submitter?.value !== "erase") return;
    say("busy");
    erase(!here || target.elements.scope.value === "site").then(markEdited)
      .then(() => say("done"), () => say("failed"));
  });
  opener.hidden = false;
  // Also when the browser goes back to the page.
  addEventListener("pageshow", markEdited);
})();
