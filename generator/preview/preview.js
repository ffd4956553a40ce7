// Shows each state of the preview in an open page. One tab of the browser
// leads: it alone holds a stream of states, since a browser opens six
// connections to a host, and tells the others.
'use strict';
(() => {
  const script = document.currentScript;
  let shown = Number(script.dataset.generation);
  let newest; // the last state that this tab was told as the leader
  let events; // the leader's stream
  let leaving = false;
  let overlay;

  const channel = new BroadcastChannel('allclear-preview');
  channel.onmessage = ({ data }) => {
    if (data !== 'ask') show(data);
    else if (newest) channel.postMessage(newest);
  };

  // A lock is kept as long as the promise is open, so until the tab closes or
  // loads another page; then the next tab in line leads.
  navigator.locks.request('allclear-preview', () => new Promise(() => {
    events = new EventSource('/.allclear/events');
    events.onmessage = ({ data }) => {
      newest = JSON.parse(data);
      channel.postMessage(newest);
      show(newest);
    };
  }));

  // A tab that just loaded, slept or was left by the back button may have
  // missed a state.
  const ask = () => channel.postMessage('ask');
  ask();
  addEventListener('pageshow', ask);
  document.addEventListener('visibilitychange', ask);

  function show(state) {
    if (leaving) return;
    if (shown < state.pages || shown > state.generation) {
      reload();
      return;
    }
    if (shown < state.generation) {
      shown = state.generation;
      swapStyles();
    }
    showProblems(state.problems);
  }

  // A page that is on its way follows no further state, or it would load
  // twice. The browser keeps the scroll position.
  function reload() {
    leaving = true;
    events?.close();
    location.reload();
  }

  // The old sheet goes when the new one is there, so nothing flashes. A sheet
  // that imports another can't be told to ask for that one again.
  function swapStyles() {
    const imports = (sheet) => [...sheet.cssRules].some((rule) => rule instanceof CSSImportRule);
    if ([...document.styleSheets].some(imports)) {
      reload();
      return;
    }
    for (const old of document.querySelectorAll('link[rel~="stylesheet"]:not([data-old])')) {
      const url = new URL(old.href);
      url.searchParams.set('generation', shown);
      const fresh = old.cloneNode();
      fresh.href = url;
      fresh.onload = fresh.onerror = () => old.remove();
      old.dataset.old = '';
      old.after(fresh);
    }
  }

  // The overlay has a shadow of its own, so that the site's styles and its own
  // leave each other alone. What it shows was escaped by the server.
  function showProblems(problems) {
    if (!problems) {
      overlay?.remove();
      overlay = undefined;
      return;
    }
    overlay ??= newOverlay();
    overlay.shadowRoot.querySelector('.problems').innerHTML = problems;
  }

  function newOverlay() {
    const host = document.createElement('allclear-preview');
    host.attachShadow({ mode: 'open' }).innerHTML = `
      <link rel="stylesheet" href="/.allclear/preview.css">
      <div class="overlay">
        <button type="button">Hide</button>
        <div class="problems" role="alert"></div>
        <p class="below">Below is the site as it was before.</p>
      </div>`;
    host.shadowRoot.querySelector('button').onclick = () => showProblems('');
    document.documentElement.append(host);
    return host;
  }
})();
